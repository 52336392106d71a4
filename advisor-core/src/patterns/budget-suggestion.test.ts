import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suggestBudget } from './budget-suggestion.ts';

describe('the suggested budget', () => {
  it('would have been kept in four months of five', () => {
    const months = [100, 900, 300, 500, 700, 200, 1000, 400, 600, 800];
    const suggestion = suggestBudget(months);
    expect(suggestion?.amountMinor).toBe(800);
    expect(suggestion).toMatchObject({ keptShare: 0.8, monthsUsed: 10 });
  });

  it('is an amount that a month came to, however large the giant beside it', () => {
    const months = [4000, 4200, 4100, 900_000_000, 3900, 4300, 4000, 4150];
    expect(suggestBudget(months)?.amountMinor).toBe(4300);
  });

  it('forgets the time before the level changed', () => {
    const months = [
      ...Array.from({ length: 14 }, (_, i) => 20000 + i),
      ...Array.from({ length: 10 }, (_, i) => 5000 + i),
    ];
    const suggestion = suggestBudget(months);
    expect(suggestion?.monthsUsed).toBe(10);
    expect(suggestion?.amountMinor).toBeLessThan(5010);
  });

  it('is none without three months of spending among the last six', () => {
    expect(suggestBudget([])).toBeNull();
    expect(suggestBudget([500, 500])).toBeNull();
    expect(suggestBudget([500, 500, 500, 0, 0, 0, 0])).toBeNull();
    expect(suggestBudget([-500, -200, -100, -300])).toBeNull();
    expect(suggestBudget([500, 600, 500])).toMatchObject({ amountMinor: 600, keptShare: 1 });
  });

  it('is a whole number above zero with a share of 0 to 1, for any amounts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e13, max: 1e13 }), { maxLength: 130 }), (totals) => {
        const suggestion = suggestBudget(totals);
        if (suggestion === null) return;
        expect(suggestion.amountMinor).toBeGreaterThan(0);
        expect(Number.isSafeInteger(suggestion.amountMinor)).toBe(true);
        expect(totals).toContain(suggestion.amountMinor);
        expect(suggestion.keptShare).toBeGreaterThan(0);
        expect(suggestion.keptShare).toBeLessThanOrEqual(1);
      }),
    );
  });
});
