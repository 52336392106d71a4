import { describe, expect, it } from 'vitest';
import type { Change } from '../protocol/change.ts';
import type { Row } from '../row.ts';
import { testId, testReplica } from '../testing/change-builder.ts';
import { basisOf, sightOf } from './basis.ts';
import { newReplicaMeta } from './new-replica.ts';
import { overlay, type PendingChange } from './overlay.ts';

const on = { kind: 'expense', id: testId(1), at: 5 } as const;
const pending = (number: number, change: Partial<Change>, more: Partial<PendingChange> = {}): PendingChange => ({
  number,
  change: { ...on, ...change },
  identity: `own:${number}:aa`,
  claimed: false,
  ...more,
});
const confirmed: Row = {
  kind: 'expense',
  id: testId(1),
  seq: 7,
  cells: {
    note: { value: 'tea', version: { seq: 7, at: 1, by: 'other:1:aa' } },
    date: { value: '2026-03-01', version: { seq: 4, at: 1, by: 'other:0:aa' } },
  },
};
const meta = newReplicaMeta('space', testReplica('a'));

describe('the basis of a new change', () => {
  it("[F2] is the confirmed value's position, 0 where there is none", () => {
    expect(basisOf('note', confirmed, [], [])).toEqual([7]);
    expect(basisOf('category', confirmed, [], [])).toEqual([0]);
    expect(basisOf('deleted', confirmed, [], [])).toEqual([0]);
    expect(basisOf('note', undefined, [], [])).toEqual([0]);
  });

  it('[F2] under an own pending value is that one, with its base: what the log brought since was hidden', () => {
    const own = pending(1, { set: { note: ['coffee', 3] } });
    expect(basisOf('note', confirmed, [own], [])).toEqual([3, 'own:1:aa']);
    expect(basisOf('date', confirmed, [own], [])).toEqual([4]);
    const second = pending(2, { set: { note: ['water', 3, 'own:1:aa'] } });
    expect(basisOf('note', confirmed, [own, second], [])).toEqual([3, 'own:2:aa']);
  });

  it('[F5] under a pending delete is what the delete saw, for every group, and the delete itself for `deleted`', () => {
    const deletion = pending(2, { op: 'delete', see: { note: [3, 'own:1:aa'], deleted: [2] } });
    expect(basisOf('note', confirmed, [deletion], [])).toEqual([3, 'own:1:aa']);
    expect(basisOf('date', confirmed, [deletion], [])).toEqual([0]);
    expect(basisOf('deleted', confirmed, [deletion], [])).toEqual([2, 'own:2:aa']);
  });

  it('[F5] a restore lifts the delete from every group but `deleted`', () => {
    const deletion = pending(1, { op: 'delete', see: { note: [3], date: [2], deleted: [0] } });
    const restore = pending(2, { set: { note: ['back', 3], deleted: [false, 0, 'own:1:aa'] } });
    expect(basisOf('note', confirmed, [deletion, restore], [])).toEqual([3, 'own:2:aa']);
    expect(basisOf('date', confirmed, [deletion, restore], [])).toEqual([4]);
    expect(basisOf('deleted', confirmed, [deletion, restore], [])).toEqual([0, 'own:2:aa']);
  });

  it('[F7] [D9] a pending made or claimed value covers nothing in a row that is confirmed', () => {
    const made = pending(1, { op: 'generate', set: { note: ['made'] } });
    const claimed = pending(1, { set: { note: ['local'] } }, { claimed: true });
    for (const each of [made, claimed]) {
      expect(basisOf('note', confirmed, [each], [])).toEqual([7]);
      expect(basisOf('note', undefined, [each], [])).toEqual([0, 'own:1:aa']);
    }
  });

  it('[D9] a claimed value covers nothing over another own pending one, but does in a group that was empty', () => {
    const own = pending(1, { set: { note: ['coffee'] } });
    const claimed = pending(2, { set: { note: ['local'], category: [null] } }, { claimed: true });
    expect(basisOf('note', undefined, [own, claimed], [])).toEqual([0, 'own:1:aa']);
    expect(basisOf('category', undefined, [own, claimed], [])).toEqual([0, 'own:2:aa']);
    expect(basisOf('category', confirmed, [claimed], [])).toEqual([0, 'own:2:aa']);
    const deletion = pending(3, { op: 'delete', see: {} }, { claimed: true });
    expect(basisOf('deleted', undefined, [own, deletion], [])).toEqual([0]);
  });

  it('[F2] a pending base of an older epoch counts as the fold will count it', () => {
    const own = pending(1, { set: { note: ['coffee', 6] } });
    expect(basisOf('note', confirmed, [own], [{ epoch: 2, restoredHead: 5 }])).toEqual([0, 'own:1:aa']);
  });
});

describe('a sight', () => {
  const sight = (row: Row | undefined, own: readonly PendingChange[]) =>
    sightOf({ confirmed: row, pending: own.map(({ number }) => number), shown: overlay(row, own) }, own, meta);

  it('[F5] has a basis for every group on the screen, `deleted` included', () => {
    const own = pending(1, { set: { category: [null] } });
    expect(sight(confirmed, [own])).toEqual({
      epoch: 1,
      bases: { note: [7], date: [4], category: [0, 'own:1:aa'], deleted: [0] },
    });
    expect(sight(undefined, [])).toEqual({ epoch: 1, bases: { deleted: [0] } });
  });

  it('[F5] leaves out a pending delete that does not hold', () => {
    const edit = pending(1, { set: { note: ['edit', 7] } });
    const blind = pending(2, { op: 'delete', see: { note: [7], date: [1], deleted: [0] } });
    expect(sight(confirmed, [edit, blind]).bases).toEqual({ note: [7, 'own:1:aa'], date: [4], deleted: [0] });
  });
});
