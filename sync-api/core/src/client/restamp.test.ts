import { describe, expect, it } from 'vitest';
import { type Change, chainHash, chainStart, identityOf } from '../protocol/change.ts';
import { testId, testReplica } from '../testing/change-builder.ts';
import { newReplicaMeta } from './new-replica.ts';
import type { OutboxItem, ReplicaMeta } from './ports.ts';
import { restamp } from './restamp.ts';

const fresh = testReplica('z');
const meta: ReplicaMeta = {
  ...newReplicaMeta('space', testReplica('a')),
  nextNumber: 9,
  chain: 'f'.repeat(32),
  confirmedNumber: 4,
  confirmedChain: 'e'.repeat(32),
  cursor: 12,
  pullFirst: 12,
  reidentify: { replica: fresh, target: 12 },
};
const change = (number: number): Change => ({
  kind: 'expense',
  id: testId(number),
  at: number,
  set: { note: [`n${number}`, 3, 'before:1:aa'] },
});
const item = (first: number, last: number, more: Partial<OutboxItem> = {}): OutboxItem => {
  const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return {
    first,
    last,
    previous: 'e'.repeat(32),
    hash: 'd'.repeat(32),
    changes: numbers.map(change),
    identities: numbers.map((number) => identityOf(testReplica('a'), number, 'c'.repeat(32))),
    at: 5,
    ...more,
  };
};

describe('taking a new identity', () => {
  it('[D8] stamps what waits again from 1, on a chain of its own', () => {
    const { meta: after, items } = restamp(meta, [item(5, 6), item(7, 8)]);
    expect(items.map(({ first, last, previous }) => [first, last, previous])).toEqual([
      [1, 2, chainStart],
      [3, 4, items[0]?.hash],
    ]);
    expect(after).toMatchObject({ replica: fresh, nextNumber: 5, chain: items[1]?.hash, confirmedNumber: 0 });
    expect(after.confirmedChain).toBe(chainStart);
    const hash = items.flatMap((each) => each.changes).reduce((h, each) => chainHash(h, each), chainStart);
    expect(after.chain).toBe(hash);
  });

  it('[D8] [P4] every change names its first identity, and keeps its bases', () => {
    const { items } = restamp(meta, [item(5, 6)]);
    expect(items[0]?.changes).toEqual(
      [5, 6].map((number, i) => ({ ...change(number), origin: item(5, 6).identities[i] })),
    );
    expect(items[0]?.identities).toEqual(item(5, 6).identities);
  });

  it('[D8] stamped a second time, a change still names its first identity', () => {
    const once = restamp(meta, [item(5, 6)]);
    const twice = restamp({ ...once.meta, reidentify: { replica: testReplica('y'), target: 1 } }, once.items);
    expect(twice.items[0]?.changes.map((each) => each.origin)).toEqual(item(5, 6).identities);
  });

  it('[D8] leaves out changes that were found in the log, and items left empty', () => {
    const { items, meta: after } = restamp(meta, [item(5, 5, { found: [5] }), item(6, 8, { found: [7] })]);
    expect(items).toHaveLength(1);
    expect(items[0]?.changes.map(({ at }) => at)).toEqual([6, 8]);
    expect(items[0]).not.toHaveProperty('found');
    expect(items[0]).toMatchObject({ first: 1, last: 2 });
    expect(after.nextNumber).toBe(3);
  });

  it('[D8] ends the search and keeps the place in the log; a claimed item stays claimed', () => {
    const { meta: after, items } = restamp(meta, [item(5, 6, { claimed: true })]);
    expect(after).not.toHaveProperty('reidentify');
    expect(after).not.toHaveProperty('pullFirst');
    expect(after.cursor).toBe(12);
    expect(items[0]?.claimed).toBe(true);
  });

  it('[D8] with nothing waiting the new identity has made nothing', () => {
    expect(restamp(meta, [])).toMatchObject({ items: [], meta: { replica: fresh, nextNumber: 1, chain: chainStart } });
  });
});
