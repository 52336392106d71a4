import { describe, expect, it } from 'vitest';
import { type Folded, foldChange } from './fold.ts';
import { type Change, checkChange, changeSizeBytes } from './protocol/change.ts';
import { limits } from './protocol/limits.ts';
import { testId } from './testing/change-builder.ts';

const change = (groups: readonly string[], at = 1): Change => ({
  kind: 'hologram',
  id: testId(1),
  at,
  set: Object.fromEntries(groups.map((group) => [group, [group]])),
});
const names = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => `later${from + i}`);
const fold = (before: Folded, next: Change, seq: number): Folded =>
  foldChange(before.row, next, `id ${seq}`, { seq, receivedAt: 100, epochs: [] });

describe('[F9] a record stays small enough for any store', () => {
  const full = fold({ row: undefined, journal: [] }, change(names(0, limits.groupsMax)), 1);

  it('a change that would add a group too many is journaled as flagged, and changes no value', () => {
    const next = change(['later0', 'one_more'], 2);
    const folded = fold(full, next, 2);
    expect(folded.row?.cells).toEqual(full.row?.cells);
    expect(folded.row?.seq).toBe(2);
    expect(folded.journal).toEqual([
      {
        type: 'rejected',
        key: `hologram/${testId(1)}`,
        by: 'id 2',
        change: next,
        reason: { type: 'recordFull', groupsMax: limits.groupsMax },
        seq: 2,
        at: 100,
      },
    ]);
  });

  it('groups that are there can still be changed, and the record deleted', () => {
    const edited = fold(full, { ...change(['later0']), set: { later0: ['new', 1] } }, 2);
    expect(edited.row?.cells['later0']?.value).toBe('new');
    const see = Object.fromEntries(
      [...Object.keys(edited.row?.cells ?? {}), 'deleted'].map((group) => [group, [2]] as const),
    );
    const deletion: Change = { kind: 'hologram', id: testId(1), at: 3, op: 'delete', see };
    expect(checkChange(deletion, changeSizeBytes(deletion))).toBeUndefined();
    expect(fold(edited, deletion, 3).row?.deleted?.value).toBe(true);
  });

  it('[S3] a value over its size is flagged, whatever its group', () => {
    const value = 'x'.repeat(limits.valueSizeBytesMax - 2);
    const sized = (text: string): Change => ({ ...change([]), set: { laterField: [text] } });
    expect(checkChange(sized(value), 100)).toBeUndefined();
    expect(checkChange(sized(`${value}x`), 100)).toEqual({ type: 'tooLarge', sizeBytesMax: limits.valueSizeBytesMax });
  });
});
