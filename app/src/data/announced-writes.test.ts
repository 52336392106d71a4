import { afterEach, describe, expect, it } from 'vitest';
import { type AnnouncedWrite, createAnnouncer, onAnnouncedWrite } from './announced-writes.ts';

const write = (writeCount: number): AnnouncedWrite => ({ ledger: 'fintrack-ada', writeCount, keys: ['expense/a'] });

/** What is heard until the write of this number. */
const hearUntil = (last: number): { readonly heard: Promise<readonly AnnouncedWrite[]>; readonly stop: () => void } => {
  const writes: AnnouncedWrite[] = [];
  let stop = (): void => undefined;
  const heard = new Promise<readonly AnnouncedWrite[]>((resolve) => {
    stop = onAnnouncedWrite((each) => {
      writes.push(each);
      if (each.writeCount === last) resolve(writes);
    });
  });
  return { heard, stop };
};

describe('an announced write', () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  it('is heard by others, until its ledger is closed', async () => {
    const [announcer, another] = [createAnnouncer(), createAnnouncer()];
    const { heard, stop } = hearUntil(3);
    stops.push(stop, another.close);
    announcer.announce(write(1));
    announcer.close();
    announcer.announce(write(2));
    another.announce(write(3));
    expect(await heard).toEqual([write(1), write(3)]);
  });

  it('of a ledger that was closed before its first write is not announced', async () => {
    const [announcer, another] = [createAnnouncer(), createAnnouncer()];
    const { heard, stop } = hearUntil(2);
    stops.push(stop, another.close);
    announcer.close();
    announcer.announce(write(1));
    another.announce(write(2));
    expect(await heard).toEqual([write(2)]);
  });

  it('in the words of another version is not heard', async () => {
    const { heard, stop } = hearUntil(9);
    const channel = new BroadcastChannel('fintrack-writes');
    stops.push(stop, () => channel.close());
    for (const odd of [
      null,
      'write',
      {},
      { ...write(1), ledger: 7 },
      { ...write(1), writeCount: '1' },
      { ...write(1), writeCount: 0.5 },
      { ...write(1), keys: 'expense/a' },
      { ...write(1), keys: [['expense', 'a']] },
      { ledger: 'fintrack-ada', writeCount: 1 },
      write(9),
    ])
      channel.postMessage(odd);
    expect(await heard).toEqual([write(9)]);
  });
});
