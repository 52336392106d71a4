import { isChange } from '@fintrack/sync-core/protocol';
import type { LoggedChange } from '../model/history.ts';
import type { LedgerDatabase, StoredKeptItem } from './database.ts';
import { toKeptItem } from './stored-outbox.ts';

/** Entries read at once: one may hold a thousand changes. */
const itemsPerRead = 50;

/** Every kept log entry in log order, or newest first, until `visit` says that it has enough. */
export const eachKept = async (
  database: LedgerDatabase,
  order: 'oldestFirst' | 'newestFirst',
  visit: (item: StoredKeptItem) => 'more' | 'enough',
): Promise<void> => {
  let place: [number, number] | undefined;
  for (;;) {
    const items = await readBatch(database, order, place);
    for (const item of items) if (visit(item) === 'enough') return;
    const last = items.at(-1);
    if (!last || items.length < itemsPerRead) return;
    place = [last.epoch, last.seq];
  }
};

const readBatch = (
  { kept }: LedgerDatabase,
  order: 'oldestFirst' | 'newestFirst',
  place: [number, number] | undefined,
): PromiseLike<StoredKeptItem[]> => {
  const by = '[epoch+seq]';
  if (order === 'newestFirst')
    return (place ? kept.where(by).below(place) : kept.orderBy(by)).reverse().limit(itemsPerRead).toArray();
  return (place ? kept.where(by).above(place) : kept.orderBy(by)).limit(itemsPerRead).toArray();
};

/** What the log had of one record as far as this device keeps it, in log order; flagged changes without their reason. */
export const keptChangesOf = async (
  database: LedgerDatabase,
  kind: string,
  id: string,
): Promise<readonly LoggedChange[]> => {
  const found: LoggedChange[] = [];
  await eachKept(database, 'oldestFirst', (stored) => {
    // An entry's text names the id of every record in it: parsing only those is what makes this quick.
    if (stored.body.includes(id)) found.push(...changesIn(stored).filter((each) => isOf(each, kind, id)));
    return 'more';
  });
  return found;
};

const isOf = ({ change }: LoggedChange, kind: string, id: string): boolean =>
  isChange(change) && change.kind === kind && change.id === id;

export const changesIn = (stored: StoredKeptItem): readonly LoggedChange[] => {
  const { epoch, seq, receivedAt, changes, identities, own } = toKeptItem(stored);
  return changes.map((change, index) => ({
    epoch,
    seq,
    receivedAt,
    change,
    identity: identities[index] ?? '',
    isOwn: own === 'all' || own.includes(index),
  }));
};
