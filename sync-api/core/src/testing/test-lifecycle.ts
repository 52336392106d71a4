import type { Transport } from '../client/exchange.ts';
import { compact } from '../server/compact.ts';
import { materialise } from '../server/materialise.ts';
import { openEpoch } from '../server/open-epoch.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import type { LifecycleSettings } from '../server/ports.ts';
import { takeSnapshot } from '../server/take-snapshot.ts';
import { createMemoryHistory } from './memory-lifecycle-stores.ts';
import { createMemoryChangeLog, createMemoryRowStore } from './memory-server-stores.ts';
import { createTestDevice, createTestServer, setExpense, type TestDevice, testSpace } from './test-device.ts';

/** A lifecycle small enough to be told in a test. */
export const smallSettings: LifecycleSettings = {
  entriesPerSegment: 2,
  entriesPerSnapshot: 4,
  recordsPerPart: 2,
  functionTimeoutMs: 1000,
};
/** Later than any entry of a test server by more than three function timeouts. */
export const muchLater = 2_000_000;

/** A server whose log has a short life, with what a test does to it. */
export const createLivedServer = () => {
  const log = createMemoryChangeLog();
  const history = createMemoryHistory(log, smallSettings);
  const server = createTestServer(log, history);
  const rows = createMemoryRowStore();
  /** Every entry there ever was in this epoch: a backup of an earlier moment has those that were archived since. */
  const backup: StoredEntry[] = [];
  const backUp = (): void => {
    for (const [index, stored] of log.entries(testSpace).entries()) if (stored) backup[index] = stored;
  };
  const catchUp = async (): Promise<void> => {
    while ((await materialise(history, rows, testSpace)).more);
  };
  return {
    ...server,
    history,
    rows,
    catchUp,
    device: (letter: string): TestDevice => createTestDevice(letter, { ...server, history }),
    /** Tables, a snapshot where one is due, and the log's old part archived. Gives the floor. */
    async age(now = muchLater): Promise<number> {
      backUp();
      await catchUp();
      await takeSnapshot(history, testSpace);
      return compact(history, rows, testSpace, now);
    },
    /** Tables and small facts as they were, and then a new epoch: what is above `head` never happened. */
    async restore(head: number): Promise<void> {
      backUp();
      const all = log.entries(testSpace) as (StoredEntry | undefined)[];
      all.splice(0, all.length, ...backup.slice(0, head));
      await openEpoch(history, rows, testSpace, 1_500_000);
    },
  };
};

export type LivedServer = ReturnType<typeof createLivedServer>;

/** The way to a server all of whose snapshots are damaged behind their first part. */
export const damagedParts = ({ transport }: LivedServer): Transport => ({
  ...transport,
  part: async (request) => {
    const result = await transport.part(request);
    return result.type === 'part' && request.part > 0 ? { type: 'part', text: 'damaged' } : result;
  },
});

/** So many pushes of one change each, to expenses `first`, `first + 1`, ... */
export const pushNotes = async (device: TestDevice, first: number, count: number): Promise<void> => {
  for (let number = first; number < first + count; number++) {
    await device.act(setExpense({ note: `note ${number}` }, number));
    await device.sync();
  }
};
