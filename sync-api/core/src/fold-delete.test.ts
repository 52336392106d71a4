import { describe, expect, it } from 'vitest';
import { foldChange } from './fold.ts';
import { isLive, type Row, type Version } from './row.ts';
import { erased, testId, typed, typedAt as at } from './testing/change-builder.ts';
import { createTestLog } from './testing/test-log.ts';

describe('a delete', () => {
  const create = typed({ note: ['tea'], date: ['2026-03-01'] });
  const seen = { note: [1], date: [1], deleted: [0] } as const;

  it('[F5] wins where its author saw every typed value', () => {
    const log = createTestLog();
    log.append('a', create);
    log.append('b', erased(seen));
    expect(log.row()?.deleted?.value).toBe(true);
    expect(isLive(log.row())).toBe(false);
    expect(log.journal).toEqual([]);
  });

  it('[F5] after an edit it did not see leaves the row, and both are told', () => {
    const log = createTestLog();
    log.append('a', create);
    const edit = log.append('b', typed({ note: ['coffee', 1] }));
    const deletion = log.append('c', erased(seen));
    expect(isLive(log.row())).toBe(true);
    expect(log.values()).toEqual({ note: 'coffee', date: '2026-03-01' });
    expect(log.journal).toMatchObject([{ type: 'editMetDelete', edit, deletion, seq: 3 }]);
  });

  it('[F5] that missed two edits tells of the same one, in whatever order a store keeps the groups', () => {
    const version = (by: string): Version => ({ seq: 1, at, by });
    const cells = {
      note: { value: 'tea', version: version('n') },
      date: { value: '2026-03-01', version: version('d') },
    };
    const row: Row = { kind: 'expense', id: testId(1), seq: 1, cells };
    const turned: Row = { ...row, cells: { date: cells.date, note: cells.note } };
    const context = { seq: 2, receivedAt: at, epochs: [] };
    const told = [row, turned].map((each) => foldChange(each, erased(), 'x', context).journal);
    expect(told[0]).toMatchObject([{ type: 'editMetDelete', edit: 'd' }]);
    expect(told[1]).toEqual(told[0]);
  });

  it('[F5] before an edit that did not see it is undone, and both are told', () => {
    const log = createTestLog();
    log.append('a', create);
    const deletion = log.append('c', erased(seen));
    const edit = log.append('b', typed({ note: ['coffee', 1] }));
    expect(isLive(log.row())).toBe(true);
    expect(log.values()).toEqual({ note: 'coffee', date: '2026-03-01' });
    expect(log.journal).toMatchObject([{ type: 'editMetDelete', edit, deletion, seq: 3 }]);
  });

  it('[F5] of a group nobody named in `see` did not see it', () => {
    const log = createTestLog();
    log.append('a', create);
    log.append('b', erased({ note: [1] }));
    expect(isLive(log.row())).toBe(true);
  });

  it('[F5] over an own pending edit sees it by its identity', () => {
    const log = createTestLog();
    log.append('a', create);
    log.append('b', typed({ category: [null] }));
    const pending = log.append('a', typed({ note: ['coffee', 1] }));
    log.append('a', erased({ ...seen, note: [1, pending], category: [2] }));
    expect(isLive(log.row())).toBe(false);
    expect(log.journal).toEqual([]);
  });

  it('[F5] meets a delete: the first stays, nobody is told', () => {
    const log = createTestLog();
    log.append('a', create);
    const first = log.append('b', erased(seen));
    log.append('c', erased(seen, { at: at + 9 }));
    expect(log.row()?.deleted?.version.by).toBe(first);
    expect(log.journal).toEqual([]);
  });

  it('[F5] of a record that the log never had leaves a tombstone', () => {
    const log = createTestLog();
    log.append('a', erased());
    expect(log.row()).toMatchObject({ cells: {}, deleted: { value: true } });
  });

  it('[F5] a restore that covers the tombstone brings the row back without a word', () => {
    const log = createTestLog();
    log.append('a', create);
    log.append('b', erased(seen));
    log.append('c', typed({ note: ['coffee', 1], deleted: [false, 2] }));
    expect(isLive(log.row())).toBe(true);
    expect(log.values()).toEqual({ note: 'coffee', date: '2026-03-01' });
    expect(log.journal).toEqual([]);
  });

  it('[F5] a restore over the own pending delete covers it', () => {
    const log = createTestLog();
    log.append('a', create);
    const deletion = log.append('a', erased(seen));
    log.append('a', typed({ note: ['coffee', 1], deleted: [false, 0, deletion] }));
    expect(isLive(log.row())).toBe(true);
    expect(log.journal).toEqual([]);
  });

  it('[F5] a restore of an earlier delete met another one: both are told', () => {
    const log = createTestLog();
    log.append('a', create);
    log.append('b', erased(seen));
    log.append('c', typed({ note: ['coffee', 1], deleted: [false, 2] }));
    const again = log.append('b', erased({ ...seen, note: [3], deleted: [3] }));
    const late = log.append('d', typed({ note: ['water', 1], deleted: [false, 2] }));
    expect(isLive(log.row())).toBe(true);
    expect(log.journal).toMatchObject([
      { type: 'lost' },
      { type: 'editMetDelete', edit: late, deletion: again, seq: 5 },
    ]);
  });
});
