import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSpendingChange } from './trend.ts';

const months = (count: number, totalOf: (index: number) => number) =>
  Array.from({ length: count }, (_, i) => totalOf(i));
/** From 0 to 100, irregular, the same each time. */
const noise = (index: number) => (index * 7919) % 101;

describe('the change of a category', () => {
  it('is a trend where months cost more and more', () => {
    const change = findSpendingChange(months(18, (index) => 10000 + 50 * index + noise(index)));
    expect(change).toMatchObject({ type: 'trend', monthsUsed: 18, isSeasonal: false });
    expect(change?.type === 'trend' && Math.abs(change.perMonthMinor - 50)).toBeLessThan(8);
  });

  it('is seen through the seasons from two years on', () => {
    const heating = (index: number) => (index % 12 < 3 ? 20000 : 4000) + 30 * index + noise(index) / 10;
    expect(findSpendingChange(months(36, heating))).toMatchObject({ type: 'trend', isSeasonal: true });
    const steady = (index: number) => (index % 12 < 3 ? 20000 : 4000) + noise(index);
    expect(findSpendingChange(months(36, steady))).toBeNull();
  });

  it('is a level where the months moved at once', () => {
    const change = findSpendingChange(months(24, (index) => (index < 14 ? 5000 : 9000) + noise(index)));
    expect(change).toMatchObject({ type: 'level', monthsSince: 10 });
    if (change?.type !== 'level') return;
    expect([Math.floor(change.beforeMinor / 100), Math.floor(change.sinceMinor / 100)]).toEqual([50, 90]);
  });

  it('is none for noise, for a single giant, for few months and for rare spending', () => {
    expect(findSpendingChange(months(30, noise))).toBeNull();
    expect(findSpendingChange(months(30, (index) => (index === 20 ? 1e12 : noise(index))))).toBeNull();
    expect(findSpendingChange(months(11, (index) => index))).toBeNull();
    expect(findSpendingChange(months(40, (index) => (index > 30 ? 500 : 0)))).toBeNull();
    expect(findSpendingChange(months(20, () => 4990))).toBeNull();
    expect(findSpendingChange([])).toBeNull();
  });

  it('is whole numbers for any amounts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e13, max: 1e13 }), { maxLength: 80 }), (totals) => {
        const change = findSpendingChange(totals.toSorted((a, b) => (totals.length % 2 ? a - b : 0)));
        for (const fact of Object.values(change ?? {}))
          if (typeof fact === 'number') expect(Number.isSafeInteger(fact)).toBe(true);
      }),
    );
  });
});
