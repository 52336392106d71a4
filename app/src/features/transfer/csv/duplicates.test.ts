import { describe, expect, it } from 'vitest';
import { countLikenesses, type EntryLikeness, findDuplicates } from './duplicates.ts';

const coffee: EntryLikeness = {
  kind: 'expense',
  date: '2024-01-01',
  amountMinor: 350,
  currency: 'EUR',
  text: 'Coffee',
};

describe('findDuplicates', () => {
  it('takes real repeats in a file for new', () => {
    expect(findDuplicates([coffee, coffee, coffee], new Map()).size).toBe(0);
  });

  it('counts: of three in the file and two in the ledger, one is new', () => {
    const existing = countLikenesses([coffee, coffee]);
    expect([...findDuplicates([coffee, coffee, coffee], existing)]).toEqual([0, 1]);
  });

  it('looks past letter case and spacing', () => {
    const existing = countLikenesses([{ ...coffee, text: ' COFFEE ' }]);
    expect(findDuplicates([coffee], existing).size).toBe(1);
  });

  it.each([
    { kind: 'income' as const },
    { date: '2024-01-02' },
    { amountMinor: 351 },
    { currency: 'USD' },
    { text: 'Tea' },
  ])('finds none where %j differs', (difference) => {
    expect(findDuplicates([{ ...coffee, ...difference }], countLikenesses([coffee])).size).toBe(0);
  });

  it('leaves the ledger’s counts as they were', () => {
    const existing = countLikenesses([coffee]);
    findDuplicates([coffee], existing);
    expect([...existing.values()]).toEqual([1]);
  });
});
