import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CurrencyTotals } from '../month-totals.ts';
import { savingsRates } from './savings-rate.ts';

const totals = (incomeMinor: number, spentMinor: number, currency = 'EUR'): CurrencyTotals => ({
  currency,
  incomeMinor,
  spentMinor,
  transferredMinor: 50000,
  entryCount: 3,
  categories: [],
});
const rateOf = (incomeMinor: number, spentMinor: number) =>
  savingsRates([totals(incomeMinor, spentMinor)])[0]?.rateBasisPoints;

describe('the savings rate', () => {
  it('is what was left of the income, without transfers', () => {
    expect(savingsRates([totals(300000, 240000)])).toEqual([
      { currency: 'EUR', incomeMinor: 300000, spentMinor: 240000, savedMinor: 60000, rateBasisPoints: 2000 },
    ]);
  });

  it('is below zero where more was spent than earned, and whole where nothing was', () => {
    expect([rateOf(1000, 1500), rateOf(1000, 0), rateOf(1000, 1000)]).toEqual([-5000, 10000, 0]);
  });

  it('is unknown without income', () => {
    expect([rateOf(0, 500), rateOf(0, 0), rateOf(-100, 500)]).toEqual([null, null, null]);
  });

  it('is rounded, halves away from zero', () => {
    expect([rateOf(20000, 19999), rateOf(20000, 20001), rateOf(3, 1)]).toEqual([1, -1, 6667]);
  });

  it('never adds currencies', () => {
    const rates = savingsRates([totals(100, 50, 'EUR'), totals(0, 70, 'JPY')]);
    expect(rates.map((rate) => [rate.currency, rate.rateBasisPoints])).toEqual([
      ['EUR', 5000],
      ['JPY', null],
    ]);
  });

  it('is a bounded whole number for any month', () => {
    const amount = fc.integer({ min: -1e13, max: 1e13 });
    fc.assert(
      fc.property(amount, amount, (incomeMinor, spentMinor) => {
        const rate = rateOf(incomeMinor, spentMinor);
        if (rate === null) return;
        expect(Number.isSafeInteger(rate)).toBe(true);
        expect(Math.abs(rate ?? Number.NaN)).toBeLessThanOrEqual(1_000_000);
      }),
    );
  });
});
