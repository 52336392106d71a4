import { describe, expect, it } from 'vitest';
import type { LogEntry, StoredEntry } from '../protocol/log-entry.ts';
import { limits } from '../protocol/limits.ts';
import { createAuthor, testId, testReplica } from '../testing/change-builder.ts';
import { createMemoryHistory } from '../testing/memory-lifecycle-stores.ts';
import { createMemoryChangeLog } from '../testing/memory-server-stores.ts';
import type { ChangeLog } from './ports.ts';
import { servePull, toWire } from './serve-pull.ts';

const space = 'space';
const asker = testReplica('q');
const logOf = async (count: number) => {
  const log = createMemoryChangeLog();
  const author = createAuthor(testReplica('a'));
  for (let seq = 1; seq <= count; seq++) {
    const change = { kind: 'expense', id: testId(seq), at: seq, set: { note: [`n${seq}`] as const } };
    await log.append(space, author.entry(seq, [change]), {});
  }
  return log;
};
const pull = async (log: ChangeLog, cursor: number, tail?: StoredEntry) =>
  servePull(createMemoryHistory(log), space, asker, cursor, tail ?? (await log.tail(space)));
const seqs = ({ entries }: { readonly entries: readonly { readonly seq: number }[] }) => entries.map(({ seq }) => seq);
/** Reads that lag: what `after` gives at each call. */
const lagging = (log: ChangeLog, ...views: ((run: readonly StoredEntry[]) => readonly StoredEntry[])[]) => {
  const asked: boolean[] = [];
  const view: ChangeLog = {
    ...log,
    after: async (of, seq, bounds) => {
      asked.push(bounds.isConsistent);
      const run = await log.after(of, seq, bounds);
      return views.shift()?.(run) ?? run;
    },
  };
  return { view, asked };
};

describe('serving a pull', () => {
  it('[S5] gives the entries after the cursor, in order', async () => {
    const log = await logOf(4);
    const { entries, more } = await pull(log, 1);
    expect(seqs({ entries })).toEqual([2, 3, 4]);
    expect(more).toBe(false);
  });

  it('[S5] gives nothing at the head, above it, or from an empty log, and reads nothing for it', async () => {
    const { view, asked } = lagging(await logOf(2));
    for (const cursor of [2, 5]) expect(await pull(view, cursor)).toEqual({ entries: [], more: false });
    expect(await pull(createMemoryChangeLog(), 0)).toEqual({ entries: [], more: false });
    expect(asked).toEqual([]);
  });

  it('[S5] a hole ends the run, and there is more', async () => {
    const { view } = lagging(await logOf(4), (run) => run.filter(({ entry }) => entry.seq !== 3));
    const answer = await pull(view, 0);
    expect(seqs(answer)).toEqual([1, 2]);
    expect(answer.more).toBe(true);
  });

  it('[S5] a hole right after the cursor is read again, strongly', async () => {
    const { view, asked } = lagging(await logOf(3), (run) => run.slice(1));
    const answer = await pull(view, 0);
    expect(seqs(answer)).toEqual([1, 2, 3]);
    expect(asked).toEqual([false, true]);
  });

  it('[S5] a stale read gives a shorter run, never one with a gap', async () => {
    const { view } = lagging(await logOf(3), (run) => run.slice(0, 1));
    expect(await pull(view, 0)).toMatchObject({ entries: [{ seq: 1 }], more: true });
  });

  it('[S5] [P7] one answer is bounded in entries and in bytes, and holds at least one', async () => {
    const log = await logOf(limits.entriesPerAnswerMax + 1);
    const first = await pull(log, 0);
    expect(first.entries).toHaveLength(limits.entriesPerAnswerMax);
    expect(first.more).toBe(true);
    const big = createMemoryChangeLog();
    const author = createAuthor(testReplica('a'));
    const text = 'x'.repeat(limits.answerSizeBytesMax);
    const wide = { kind: 'hologram', id: testId(1), at: 5, set: { g: [text] as const } };
    for (const seq of [1, 2]) await big.append(space, author.entry(seq, [wide]), {});
    expect(await pull(big, 0)).toMatchObject({ entries: [{ seq: 1 }], more: true });
  });
});

describe('an entry on the wire', () => {
  const author = createAuthor(testReplica('a'));
  const entry = author.entry(
    1,
    [1, 2].map((n) => ({ kind: 'expense', id: testId(n), at: n, set: { note: ['n'] as const } })),
    { rejected: [[2, { type: 'shape' }]] },
  );

  it('[P6] comes whole to every replica but its own', () => {
    expect(toWire(entry, asker)).toEqual(entry);
  });

  it('[P6] comes back to its own replica as a stub with the hash at its end', () => {
    expect(toWire(entry, testReplica('a'))).toEqual({
      type: 'own',
      seq: 1,
      epoch: 1,
      receivedAt: entry.receivedAt,
      first: 1,
      last: 2,
      hash: entry.hash,
      rejected: [[2, { type: 'shape' }]],
    });
  });

  it('[P6] of another type is the same for everybody', () => {
    const place = { seq: 1, epoch: 2, receivedAt: 3 };
    const others: readonly LogEntry[] = [
      { type: 'seal', ...place },
      { type: 'epoch', ...place, restoredHead: 0 },
      { type: 'server', ...place, id: testId(1), changes: [] },
    ];
    for (const each of others) expect(toWire(each, asker)).toEqual(each);
  });
});
