import { describe, expect, it } from 'vitest';
import type { Change } from '../protocol/change.ts';
import { isDeleted, isLive, pendingSeq, type Row } from '../row.ts';
import { testId } from '../testing/change-builder.ts';
import { effective, overlay, type PendingChange } from './overlay.ts';

const on = { kind: 'expense', id: testId(1), at: 5 } as const;
let numbers = 0;
const pending = (change: Partial<Change>, more: Partial<PendingChange> = {}): PendingChange => {
  const number = ++numbers;
  return { number, change: { ...on, ...change }, identity: `own:${number}:aa`, claimed: false, ...more };
};
const confirmed: Row = {
  kind: 'expense',
  id: testId(1),
  seq: 3,
  cells: {
    note: { value: 'tea', version: { seq: 3, at: 1, by: 'other:1:aa' } },
    date: { value: '2026-03-01', version: { seq: 2, at: 1, by: 'other:0:aa' } },
  },
};
const tombstone: Row = { ...confirmed, deleted: { value: true, version: { seq: 3, at: 1, by: 'other:2:aa' } } };
const valuesOf = (row: Row | undefined) =>
  Object.fromEntries(Object.entries(row?.cells ?? {}).map(([group, { value }]) => [group, value]));

describe('what the person sees', () => {
  it('[I6] is the confirmed row where nothing waits', () => {
    expect(overlay(confirmed, [])).toBe(confirmed);
    expect(overlay(undefined, [])).toBeUndefined();
  });

  it('[I6] is the latest pending value of each group over the confirmed ones', () => {
    const row = overlay(confirmed, [
      pending({ set: { note: ['coffee', 3] } }),
      pending({ set: { note: ['water', 3, 'own:1:aa'], category: [null] } }),
    ]);
    expect(valuesOf(row)).toEqual({ note: 'water', date: '2026-03-01', category: null });
    expect(row?.cells['note']?.version).toMatchObject({ seq: pendingSeq, at: 5 });
    expect(valuesOf(confirmed)['note']).toBe('tea');
  });

  it('[I6] is a new row where the log has none yet', () => {
    const row = overlay(undefined, [pending({ set: { note: ['tea'] } })]);
    expect(row).toMatchObject({ kind: 'expense', id: testId(1), seq: pendingSeq });
    expect(isLive(row)).toBe(true);
  });

  it('[F5] is a tombstone after a pending delete, and a live row after a restore or a typed edit', () => {
    const deletion = pending({ op: 'delete', see: {} });
    expect(isLive(overlay(confirmed, [deletion]))).toBe(false);
    const restore = pending({ set: { note: ['back', 3], deleted: [false, 0, deletion.identity] } });
    expect(valuesOf(overlay(confirmed, [deletion, restore]))).toMatchObject({ note: 'back', date: '2026-03-01' });
    expect(isLive(overlay(confirmed, [deletion, restore]))).toBe(true);
    expect(isLive(overlay(tombstone, [pending({ set: { note: ['edit', 2] } })]))).toBe(true);
  });

  it('[F5] keeps a row whose pending delete did not see another own pending edit', () => {
    const edit = pending({ set: { note: ['edit', 3] } });
    const blind = pending({ op: 'delete', see: { note: [3], date: [2] } });
    const seeing = pending({ op: 'delete', see: { note: [3, edit.identity], date: [2] } });
    expect(isLive(overlay(confirmed, [edit, blind]))).toBe(true);
    expect(isLive(overlay(confirmed, [edit, seeing]))).toBe(false);
    expect(effective(confirmed, [edit, blind])).toEqual([edit]);
    expect(effective(confirmed, [edit, seeing])).toEqual([edit, seeing]);
  });

  it('[F5] an edit after a delete that does not hold meets a row that was never gone', () => {
    const edit = pending({ set: { note: ['edit', 3] } });
    const blind = pending({ op: 'delete', see: { note: [3] } });
    const later = pending({ set: { date: ['2026-04-01', 2] } });
    expect(effective(confirmed, [edit, blind, later])).toEqual([edit, later]);
    expect(overlay(confirmed, [edit, blind, later])?.deleted).toBeUndefined();
  });

  it('[F7] a pending made value fills only what is absent, and nothing in a deleted row', () => {
    const made = pending({ op: 'generate', set: { note: ['made'], category: [null] } });
    expect(overlay(undefined, [made])?.cells['note']?.version.generated).toBe(true);
    expect(valuesOf(overlay(confirmed, [made]))['note']).toBe('tea');
    expect(isDeleted(overlay(tombstone, [made]) ?? confirmed)).toBe(true);
  });

  it('[F7] a delete need not have seen what a program made', () => {
    const made = pending({ op: 'generate', set: { note: ['made'] } });
    expect(isLive(overlay(undefined, [made, pending({ op: 'delete', see: {} })]))).toBe(false);
  });

  it('[D9] a claimed value shows only where the account has none, and a claimed delete hides nothing', () => {
    const claimed = pending({ set: { note: ['local'], category: [null] } }, { claimed: true });
    expect(valuesOf(overlay(confirmed, [claimed]))).toEqual({ note: 'tea', date: '2026-03-01', category: null });
    expect(valuesOf(overlay(undefined, [claimed]))).toEqual({ note: 'local', category: null });
    expect(overlay(tombstone, [claimed])).toBe(tombstone);
    const claimedDelete = pending({ op: 'delete', see: {} }, { claimed: true });
    expect(overlay(confirmed, [claimedDelete])).toBe(confirmed);
    expect(isDeleted(overlay(undefined, [claimedDelete]) ?? confirmed)).toBe(true);
  });
});
