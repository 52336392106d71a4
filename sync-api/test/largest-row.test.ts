import { randomBytes } from 'node:crypto';
import { limits, recordKey } from '@fintrack/sync-core/protocol';
import type { Row } from '@fintrack/sync-core/server';
import { testId } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { freshSpace, rowsOf, useCloud } from './support.ts';

describe('the largest row the protocol allows', () => {
  const cloud = useCloud();

  it('fits into its table, though its text does not compress', async () => {
    const version = { seq: 1, at: 1, by: `${'a'.repeat(16)}:1:${'b'.repeat(16)}` };
    const text = () => randomBytes((limits.valueSizeBytesMax * 3) / 4 - 2).toString('base64');
    const later = Array.from({ length: limits.groupsMax - 2 }, (_, i) => [`later${i}`, { value: text(), version }]);
    const known = ['description', 'note'].map((group) => [group, { value: text(), version }]);
    const row: Row = { kind: 'expense', id: testId(1), seq: 1, cells: Object.fromEntries([...known, ...later]) };
    const space = freshSpace();
    expect(await rowsOf(cloud()).putRow(space, row, 0)).toBe(true);
    const key = recordKey('expense', testId(1));
    expect((await rowsOf(cloud()).rows(space, [key])).get(key)).toEqual(row);
  });
});
