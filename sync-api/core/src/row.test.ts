import { describe, expect, it } from 'vitest';
import { isDeleted, isLive, type Row, rowDigest, versionOf } from './row.ts';
import { testId } from './testing/change-builder.ts';

const version = { seq: 3, at: 5, by: 'a:1:aa' };
const row: Row = {
  kind: 'expense',
  id: testId(1),
  seq: 3,
  cells: { note: { value: 'tea', version }, date: { value: '2026-03-01', version: { ...version, seq: 2 } } },
};
const tombstone: Row = { ...row, deleted: { value: true, version } };

describe('a row', () => {
  it('[F5] is live with a value and without a tombstone, also after a restore', () => {
    expect([row, tombstone, { ...row, cells: {} }, undefined].map(isLive)).toEqual([true, false, false, false]);
    expect(isLive({ ...row, deleted: { value: false, version } })).toBe(true);
    expect(isDeleted(tombstone)).toBe(true);
  });

  it('[F2] knows the version of each group, `deleted` among them', () => {
    expect(versionOf(row, 'note')).toBe(version);
    expect(versionOf(row, 'deleted')).toBeUndefined();
    expect(versionOf(tombstone, 'deleted')).toBe(version);
    expect(versionOf(row, 'category')).toBeUndefined();
  });
});

describe('the digest of a row', () => {
  const others: readonly (readonly [string, Row])[] = [
    ['kind', { ...row, kind: 'income' }],
    ['id', { ...row, id: testId(2) }],
    ['position', { ...row, seq: 4 }],
    ['group', { ...row, cells: { ...row.cells, category: { value: null, version } } }],
    ['identity', { ...row, cells: { ...row.cells, note: { value: 'tea', version: { ...version, by: 'b:1:aa' } } } }],
    ['tombstone', tombstone],
    ['restore', { ...row, deleted: { value: false, version } }],
    ['re-stamped identity', { ...row, restamped: ['x:1:aa'] }],
  ];

  it.each(others)('[P8] tells another %s', (_, other) => expect(rowDigest(other)).not.toBe(rowDigest(row)));

  it('[P8] tells all of them from each other', () => {
    expect(new Set(others.map(([, other]) => rowDigest(other))).size).toBe(others.length);
  });

  it('[P8] is the same in any order of groups and re-stamped identities', () => {
    const turned: Row = {
      ...row,
      cells: Object.fromEntries(Object.entries(row.cells).toReversed()),
      restamped: ['y:1:aa', 'x:1:aa'],
    };
    expect(rowDigest(turned)).toBe(rowDigest({ ...row, restamped: ['x:1:aa', 'y:1:aa'] }));
  });
});
