import { describe, expect, it } from 'vitest';
import { chainHash, chainStart } from '../protocol/change.ts';
import type { Json } from '../protocol/json.ts';
import { limits } from '../protocol/limits.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import { testId, testReplica } from '../testing/change-builder.ts';
import { createMemoryHistory } from '../testing/memory-lifecycle-stores.ts';
import { createMemoryChangeLog } from '../testing/memory-server-stores.ts';
import { acceptPush, judgePush, type Push } from './accept-push.ts';
import type { AppendResult, ChangeLog } from './ports.ts';

const space = 'space';
const change = (text: string): Json => ({ kind: 'expense', id: testId(1), at: 5, set: { note: [text] } });
const chainOf = (changes: readonly Json[], start = chainStart): string[] => {
  let hash = start;
  return changes.map((each) => (hash = chainHash(hash, each)));
};
/** Pushes of one replica whose history is `texts`: changes `from` to `to`, numbered from 1. */
const pushOf = (texts: string, from: number, to: number): Push => {
  const hashes = [chainStart, ...chainOf(texts.split('').map(change))];
  return {
    first: from,
    previous: hashes[from - 1] ?? '',
    changes: texts
      .split('')
      .slice(from - 1, to)
      .map(change),
  };
};
const judge = (known: string, push: Push) => {
  const hashes = chainOf(known.split('').map(change));
  const vector = [known.length, hashes.at(-1) ?? chainStart] as const;
  return judgePush(vector, push, chainOf(push.changes, push.previous));
};
const accept = (log: ChangeLog, letter: string, push: Push, tail: StoredEntry | undefined, at = 9) =>
  acceptPush(createMemoryHistory(log), space, testReplica(letter), push, tail, at);
const appended = async (log: ChangeLog, letter: string, push: Push): Promise<StoredEntry> => {
  const result = await accept(log, letter, push, await log.tail(space));
  if (!result.ok || !result.value.tail || result.value.refusal) throw new Error('not appended');
  return result.value.tail;
};

describe('judging a push', () => {
  it.each([
    ['a first push', '', pushOf('abc', 1, 3), { type: 'append', skip: 0 }],
    ['the next numbers on the same chain', 'ab', pushOf('abcd', 3, 4), { type: 'append', skip: 0 }],
    ['the next numbers on another chain', 'ab', pushOf('axcd', 3, 4), { type: 'fork' }],
    ['numbers that leave one out', 'ab', pushOf('abcd', 4, 4), { type: 'gap' }],
    ['a first push that does not start at 1', '', pushOf('abc', 2, 3), { type: 'gap' }],
    ['a push that was appended before', 'abc', pushOf('abc', 2, 3), { type: 'done' }],
    ['a longer batch around what the log has', 'ab', pushOf('abcd', 1, 4), { type: 'append', skip: 2 }],
    ['a longer batch that differs in what the log has', 'ab', pushOf('axcd', 1, 4), { type: 'fork' }],
    ['the same numbers with other content', 'abc', pushOf('abx', 3, 3), { type: 'fork' }],
    ['a push wholly below what the log has', 'abcd', pushOf('abcd', 1, 2), { type: 'stale' }],
    ['an old push with other content', 'abcd', pushOf('xx', 1, 2), { type: 'stale' }],
  ] as const)('[S2] %s', (_, known, push, verdict) => expect(judge(known, push)).toEqual(verdict));
});

describe('appending', () => {
  it('[S2] [I1] [I2] a push becomes one entry behind the tail, with the vector after it', async () => {
    const log = createMemoryChangeLog();
    await appended(log, 'a', pushOf('ab', 1, 2));
    await appended(log, 'b', pushOf('x', 1, 1));
    const tail = await appended(log, 'a', pushOf('abc', 3, 3));
    const [first] = log.entries(space);
    expect(first?.entry).toMatchObject({ type: 'changes', seq: 1, epoch: 1, first: 1, receivedAt: 9, rejected: [] });
    expect(tail.entry.seq).toBe(3);
    expect(tail.vector).toEqual({
      [testReplica('a')]: [3, chainOf(['a', 'b', 'c'].map(change))[2], 3],
      [testReplica('b')]: [1, chainOf([change('x')])[0], 2],
    });
  });

  it('[S2] sent again it is found, with no new entry; sent again with more, only the rest is appended', async () => {
    const log = createMemoryChangeLog();
    await appended(log, 'a', pushOf('ab', 1, 2));
    await appended(log, 'a', pushOf('ab', 1, 2));
    expect(log.entries(space)).toHaveLength(1);
    const tail = await appended(log, 'a', pushOf('abcd', 1, 4));
    expect(tail.entry).toMatchObject({ seq: 2, first: 3, previous: chainOf(['a', 'b'].map(change))[1] });
    expect(tail.entry.type === 'changes' && tail.entry.changes).toEqual(['c', 'd'].map(change));
  });

  it.each([
    ['fork', pushOf('axc', 3, 3)],
    ['gap', pushOf('abcd', 4, 4)],
    ['stale', pushOf('ab', 1, 1)],
  ] as const)('[S2] [D8] %s is refused with the head to pull to, and nothing is appended', async (type, push) => {
    const log = createMemoryChangeLog();
    const tail = await appended(log, 'a', pushOf('ab', 1, 2));
    const result = await accept(log, 'a', push, tail);
    expect(result).toMatchObject({ ok: true, value: { tail, refusal: { type, head: 1 } } });
    expect(log.entries(space)).toHaveLength(1);
  });

  it('[S3] [I12] an invalid change is appended, flagged by its number, and the others go with it', async () => {
    const log = createMemoryChangeLog();
    const bad: Json = { kind: 'expense', id: testId(1), at: 5, set: { date: ['never'] } };
    const huge: Json = { kind: 'hologram', id: testId(1), at: 5, set: { g: ['x'.repeat(limits.changeSizeBytesMax)] } };
    const push: Push = { first: 1, previous: chainStart, changes: [change('a'), bad, 'no change', huge, change('b')] };
    const { entry } = await appended(log, 'a', push);
    expect(entry.type === 'changes' && entry.changes).toEqual(push.changes);
    expect(entry.type === 'changes' && entry.rejected).toMatchObject([
      [2, { type: 'value', group: 'date' }],
      [3, { type: 'shape' }],
      [4, { type: 'tooLarge' }],
    ]);
  });

  it('[S3] after a dropped prefix the flags keep their numbers', async () => {
    const log = createMemoryChangeLog();
    await appended(log, 'a', { first: 1, previous: chainStart, changes: [change('a')] });
    const push: Push = { first: 1, previous: chainStart, changes: [change('a'), change('b'), 'bad'] };
    const { entry } = await appended(log, 'a', push);
    expect(entry.type === 'changes' && entry.rejected).toEqual([[3, { type: 'shape' }]]);
  });
});

/** A log whose appends are answered by a script; `through` lets one reach the log. */
const scripted = (log: ChangeLog, script: (AppendResult | 'through' | 'silent' | 'lost')[]): ChangeLog => ({
  ...log,
  append: async (...what) => {
    const next = script.shift() ?? 'through';
    if (next === 'through') return log.append(...what);
    if (next === 'silent') await log.append(...what);
    if (next === 'silent' || next === 'lost') return { type: 'unknown' };
    return next;
  },
});

describe('races and silence', () => {
  it('[S2] two replicas that race for one position both land', async () => {
    const log = createMemoryChangeLog();
    const results = await Promise.all(
      ['a', 'b', 'c'].map((letter) => accept(log, letter, pushOf('x', 1, 1), undefined)),
    );
    expect(results.every((each) => each.ok && !each.value.refusal)).toBe(true);
    expect(log.entries(space).map(({ entry }) => entry.seq)).toEqual([1, 2, 3]);
    expect(Object.keys(log.entries(space)[2]?.vector ?? {})).toHaveLength(3);
  });

  it('[S2] the same push twice at once is one entry', async () => {
    const log = createMemoryChangeLog();
    const results = await Promise.all([1, 2].map(() => accept(log, 'a', pushOf('ab', 1, 2), undefined)));
    expect(results.map((each) => each.ok && each.value.tail?.entry.seq)).toEqual([1, 1]);
    expect(log.entries(space)).toHaveLength(1);
  });

  it('[S2] judged again behind the winner: a shorter copy of this push leaves only the rest', async () => {
    const log = createMemoryChangeLog();
    await appended(log, 'a', pushOf('a', 1, 1));
    const late = await accept(log, 'a', pushOf('abc', 1, 3), undefined);
    expect(late).toMatchObject({ ok: true, value: { tail: { entry: { seq: 2, first: 2 } } } });
  });

  it('[S4] a write that nobody answered for is settled by a strong read of its position', async () => {
    for (const silence of ['silent', 'lost'] as const) {
      const log = createMemoryChangeLog();
      const result = await accept(scripted(log, [silence]), 'a', pushOf('ab', 1, 2), undefined);
      expect(result).toMatchObject({ ok: true, value: { tail: { entry: { seq: 1 } } } });
      expect(log.entries(space)).toHaveLength(1);
    }
  });

  it("[S4] another's entry found at that position is the new tail", async () => {
    const log = createMemoryChangeLog();
    const racing: ChangeLog = {
      ...log,
      append: async (...what) => {
        if (log.entries(space).length > 0) return log.append(...what);
        await appended(log, 'b', pushOf('x', 1, 1));
        return { type: 'unknown' };
      },
    };
    const result = await accept(racing, 'a', pushOf('ab', 1, 2), undefined);
    expect(result).toMatchObject({ ok: true, value: { tail: { entry: { seq: 2 } } } });
  });

  it('[S4] a write found there is not tried again', async () => {
    const log = scripted(createMemoryChangeLog(), ['silent', { type: 'throttled', delayMs: 1 }]);
    expect(await accept(log, 'a', pushOf('ab', 1, 2), undefined)).toMatchObject({ ok: true });
  });

  it('[S2] clones that race with the same numbers are told apart: the second is a fork', async () => {
    const log = createMemoryChangeLog();
    const results = await Promise.all(['ab', 'ax'].map((texts) => accept(log, 'a', pushOf(texts, 1, 2), undefined)));
    expect(results.map((each) => each.ok && each.value.refusal?.type)).toEqual([undefined, 'fork']);
    expect(log.entries(space)).toHaveLength(1);
  });

  it('[S4] endless silence ends in busy, with a delay', async () => {
    const log = scripted(createMemoryChangeLog(), Array<'lost'>(limits.appendTriesMax).fill('lost'));
    const result = await accept(log, 'a', pushOf('ab', 1, 2), undefined);
    expect(result).toMatchObject({ ok: false, error: { type: 'busy', delayMs: 500 } });
  });

  it('[S4] [P9] a throttled log is told to the device with its delay, and nothing is written', async () => {
    const log = createMemoryChangeLog();
    const result = await accept(scripted(log, [{ type: 'throttled', delayMs: 70 }]), 'a', pushOf('a', 1, 1), undefined);
    expect(result).toMatchObject({ ok: false, error: { type: 'throttled', delayMs: 70 } });
    expect(log.entries(space)).toEqual([]);
  });

  it('[P7] an item too large for the store is told with the limit', async () => {
    const log = scripted(createMemoryChangeLog(), [{ type: 'tooLarge', limitBytes: 300_000 }]);
    const result = await accept(log, 'a', pushOf('a', 1, 1), undefined);
    expect(result).toMatchObject({ ok: false, error: { type: 'tooLarge', limitBytes: 300_000 } });
  });

  it('[I14] nothing is appended behind a seal, also one that wins the race', async () => {
    const log = createMemoryChangeLog();
    await log.append(space, { type: 'seal', seq: 1, epoch: 1, receivedAt: 5 }, {});
    for (const tail of [await log.tail(space), undefined]) {
      expect(await accept(log, 'a', pushOf('a', 1, 1), tail)).toMatchObject({ ok: false, error: { type: 'sealed' } });
    }
    expect(log.entries(space)).toHaveLength(1);
  });
});
