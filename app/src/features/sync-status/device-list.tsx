import { useQuery } from '@tanstack/react-query';
import type { Device } from '../../model/history.ts';
import { devicesQuery } from '../../model/past-queries.ts';
import type { SyncStatus } from '../../model/services.ts';
import { useServices } from '../../model/services-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { authorText, capital } from '../../ui/value-words.ts';
import { words } from './words.ts';

/** A device that has been silent for longer may hold changes that nobody has seen. */
const silentMs = 30 * 86_400_000;

/** Who wrote into this book, as far as this device has seen. */
export const DeviceList = ({ status, now }: { status: SyncStatus; now: number }) => {
  const { ledger } = useServices();
  const format = useFormat();
  // Looks at all that is kept: not again for every batch that comes in.
  const isCalm = status.phase.type !== 'syncing';
  const { data: devices = [] } = useQuery({ ...devicesQuery(ledger), enabled: isCalm });
  if (devices.length === 0) return null;
  return (
    <section className="sect" aria-labelledby="devices">
      <div className="sect-head">
        <h2 id="devices">{words.devices}</h2>
        <span>{format.count(devices.length)}</span>
      </div>
      <dl>
        {devices.map((device) => (
          <Row key={keyOf(device)} device={device} waiting={status.waiting} now={now} />
        ))}
      </dl>
      <p className="t-12 ink-3">{words.devicesWhy}</p>
    </section>
  );
};

const keyOf = ({ author }: Device): string => (author.type === 'otherDevice' ? author.replica : author.type);

const Row = ({ device, waiting, now }: { device: Device; waiting: number; now: number }) => {
  const format = useFormat();
  const { author, lastAt, changeCount } = device;
  const isOwn = author.type === 'thisDevice';
  const sub = isOwn
    ? words.ownDevice(format.count(changeCount), waiting === 0 ? '' : format.count(waiting))
    : now - lastAt > silentMs
      ? words.silentDevice
      : words.otherChanges(changeCount, format.count(changeCount));
  return (
    <div className="kv">
      <dt className={isOwn ? 'medium' : undefined}>
        {capital(authorText(author))}
        <span className="sub">{sub}</span>
      </dt>
      <dd>{format.ago(lastAt, now)}</dd>
    </div>
  );
};
