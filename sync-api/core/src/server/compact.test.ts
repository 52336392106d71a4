import { describe, expect, it } from 'vitest';
import { createLivedServer, muchLater, pushNotes } from '../testing/test-lifecycle.ts';
import { expenseKey, setExpense, testSpace } from '../testing/test-device.ts';
import { compact } from './compact.ts';
import { type BlobStore, nothingApplied, type SpaceStore } from './ports.ts';
import { readHistory } from './read-history.ts';
import { takeSnapshot } from './take-snapshot.ts';

const grown = async (entries: number) => {
  const server = createLivedServer();
  const a = server.device('a');
  await pushNotes(a, 1, entries);
  return { server, a };
};
const seqsLeft = (server: ReturnType<typeof createLivedServer>) =>
  server.log.entries(testSpace).flatMap((stored) => (stored ? [stored.entry.seq] : []));

describe('compaction', () => {
  it('[L3] [I10] takes whole segments below the snapshot, never the tail', async () => {
    const { server } = await grown(8);
    expect(await server.age()).toBe(7);
    expect(seqsLeft(server)).toEqual([7, 8]);
    expect(await server.age()).toBe(7);
  });

  it('[L3] without a snapshot takes nothing, and above `applied` nothing', async () => {
    const { server } = await grown(9);
    expect(await compact(server.history, server.rows, testSpace, muchLater)).toBe(1);
    await takeSnapshot(server.history, testSpace);
    expect(await compact(server.history, server.rows, testSpace, muchLater)).toBe(1);
    await server.rows.advance(testSpace, nothingApplied, { seq: 3, digest: null });
    expect(await compact(server.history, server.rows, testSpace, muchLater)).toBe(3);
    expect(seqsLeft(server)).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });

  it('[L3] entries younger than three function timeouts stay: a slow function may still write where they were', async () => {
    const { server } = await grown(8);
    expect(await server.age(1_003_000)).toBe(1);
    expect(seqsLeft(server)).toHaveLength(8);
  });

  it('[L3] an archive that cannot be read back leaves the log as it is', async () => {
    const { server } = await grown(8);
    await server.catchUp();
    await takeSnapshot(server.history, testSpace);
    const { blobs } = server.history;
    const forgetful: BlobStore = { ...blobs, write: async () => undefined };
    const history = { ...server.history, blobs: forgetful };
    await expect(compact(history, server.rows, testSpace, muchLater)).rejects.toThrow('segment 0');
    expect(seqsLeft(server)).toHaveLength(8);
  });

  it('[L3] killed after the floor rose, the next run removes what is left', async () => {
    const { server } = await grown(8);
    await server.catchUp();
    await takeSnapshot(server.history, testSpace);
    const mortal = { ...server.log, remove: () => Promise.reject(new Error('killed')) };
    await expect(compact({ ...server.history, log: mortal }, server.rows, testSpace, muchLater)).rejects.toThrow(
      'killed',
    );
    expect(seqsLeft(server)).toHaveLength(8);
    await server.age();
    expect(seqsLeft(server)).toEqual([7, 8]);
  });

  it('[L3] [fault 22] the floor never falls: one who read the facts before is turned away', async () => {
    const { server, a } = await grown(4);
    await server.catchUp();
    await takeSnapshot(server.history, testSpace);
    const before = await server.history.spaces.facts(testSpace);
    await pushNotes(a, 5, 4);
    await server.age();
    const late: SpaceStore = { ...server.history.spaces, facts: async () => before };
    const history = { ...server.history, spaces: late };
    expect(await compact(history, server.rows, testSpace, muchLater)).toBe(1);
    expect((await server.history.spaces.facts(testSpace)).floor).toBe(7);
  });

  it('[L3] the history of a record is read from archives and log alike', async () => {
    const { server, a } = await grown(4);
    await a.act(setExpense({ note: 'second' }, 1));
    await a.settle();
    await pushNotes(a, 5, 4);
    await server.age();
    expect(seqsLeft(server)[0]).toBeGreaterThan(5);
    const { changes, next } = await readHistory(server.history, testSpace, expenseKey(1), 0);
    expect(changes.map(({ seq, change }) => [seq, change.set?.['note']?.[0]])).toEqual([
      [1, 'note 1'],
      [5, 'second'],
    ]);
    expect(next).toBeNull();
  });
});
