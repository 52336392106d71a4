import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMonth } from '../month-entries.ts';
import { monthProgress } from '../month-progress.ts';
import { anyDate, anyLedger, monthUnderTest } from '../testing/arbitrary-ledger.ts';
import { buildLedger, type Ledger } from '../testing/ledger-builder.ts';
import { type BudgetCheck, checkBudgets } from './budget-check.ts';

const check = (ledger: Ledger, asOf: string, month = '2026-11'): readonly BudgetCheck[] => {
  const budgets = ledger.budgets.filter((budget) => budget.month === month);
  return checkBudgets(budgets, groupMonth(ledger.entries, month), monthProgress(month, asOf), asOf);
};

/** 200.00 for dining in November, 30 days. */
const dining = buildLedger().budget('2026-11', 20_000, 'dining');

describe('a budget', () => {
  it('is checked by hand on the 20th of 30 days', () => {
    const ledger = dining.expense('2026-11-03', 9050, 'dining').expense('2026-11-17', 6691, 'dining').build();
    expect(check(ledger, '2026-11-20')).toEqual([
      {
        budgetId: 'b1',
        categoryId: 'dining',
        currency: 'EUR',
        state: 'above-pace',
        amountMinor: 20_000,
        spentMinor: 15_741,
        leftMinor: 4259,
        daysLeft: 11,
        leftPerDayMinor: 387,
        spentByNowMinor: 15_741,
        expectedByNowMinor: 13_333,
        abovePaceMinor: 2408,
        entryCount: 2,
      },
    ]);
  });

  it('is on pace at exactly an even pace and above it by one cent', () => {
    expect(check(dining.expense('2026-11-01', 10_000, 'dining').build(), '2026-11-15')[0]?.state).toBe('on-pace');
    expect(check(dining.expense('2026-11-01', 10_001, 'dining').build(), '2026-11-15')[0]?.state).toBe('above-pace');
  });

  it('spent to the last cent is not over', () => {
    const [last] = check(dining.expense('2026-11-01', 20_000, 'dining').build(), '2026-11-30');
    expect(last).toMatchObject({ state: 'on-pace', leftMinor: 0, leftPerDayMinor: 0, daysLeft: 1 });
  });

  it('that is over has a negative rest and nothing for a day', () => {
    const [over] = check(dining.expense('2026-11-01', 21_572, 'dining').build(), '2026-11-10');
    expect(over).toMatchObject({ state: 'over', leftMinor: -1572, leftPerDayMinor: 0, daysLeft: 21 });
  });

  it('without entries is untouched', () => {
    const [untouched] = check(dining.build(), '2026-11-10');
    expect(untouched).toMatchObject({ state: 'on-pace', spentMinor: 0, leftMinor: 20_000, abovePaceMinor: -6667 });
  });

  it('grows by a refund', () => {
    const ledger = dining.expense('2026-10-31', 3000, 'dining').expense('2026-11-02', -3000, 'dining').build();
    expect(check(ledger, '2026-11-30')[0]).toMatchObject({
      spentMinor: -3000,
      leftMinor: 23_000,
      leftPerDayMinor: 23_000,
    });
  });

  it('of nothing is over by the first cent', () => {
    const ledger = buildLedger().budget('2026-11', 0, 'dining');
    expect(check(ledger.build(), '2026-11-05')[0]?.state).toBe('on-pace');
    expect(check(ledger.expense('2026-11-01', 1, 'dining').build(), '2026-11-05')[0]?.state).toBe('over');
  });

  it('counts what is dated later this month as spent but not as pace', () => {
    const ledger = dining.expense('2026-11-28', 15_000, 'dining').build();
    expect(check(ledger, '2026-11-10')[0]).toMatchObject({
      state: 'on-pace',
      leftMinor: 5000,
      spentByNowMinor: 0,
      abovePaceMinor: -6667,
    });
  });

  it('counts what is dated today as pace', () => {
    const ledger = dining.expense('2026-11-10', 700, 'dining').expense('2026-11-11', 1, 'dining').build();
    expect(check(ledger, '2026-11-10')[0]?.spentByNowMinor).toBe(700);
  });

  it('is not touched by another category, another currency, another month or an income', () => {
    const ledger = dining
      .expense('2026-11-02', 100, 'home')
      .expense('2026-11-02', 100)
      .expense('2026-10-31', 100, 'dining')
      .income('2026-11-02', 100)
      .in('USD')
      .expense('2026-11-02', 100, 'dining')
      .build();
    expect(check(ledger, '2026-11-10')[0]?.spentMinor).toBe(0);
  });

  it('of a past month has no days left and its whole amount as pace', () => {
    const ledger = dining.expense('2026-11-05', 12_000, 'dining').build();
    expect(check(ledger, '2026-12-01')[0]).toMatchObject({
      state: 'on-pace',
      daysLeft: 0,
      leftMinor: 8000,
      leftPerDayMinor: 0,
      expectedByNowMinor: 20_000,
    });
  });

  it('of a month to come has all its days left and no pace yet', () => {
    expect(check(dining.build(), '2026-10-31')[0]).toMatchObject({
      state: 'on-pace',
      daysLeft: 30,
      leftPerDayMinor: 666,
      expectedByNowMinor: 0,
    });
  });
});

describe('budgets', () => {
  it('come over first, then above pace, then the rest, the largest excess first within a currency', () => {
    const ledger = buildLedger()
      .budget('2026-11', 1000, 'calm')
      .budget('2026-11', 1000, 'over-a-bit')
      .budget('2026-11', 1000, 'over-a-lot')
      .budget('2026-11', 9000, 'hasty')
      .budget('2026-11', 5000, 'calm-and-larger')
      .in('JPY')
      .budget('2026-11', 1000, 'over-in-yen')
      .expense('2026-11-01', 90_000, 'over-in-yen')
      .in('EUR')
      .expense('2026-11-01', 1001, 'over-a-bit')
      .expense('2026-11-01', 2000, 'over-a-lot')
      .expense('2026-11-01', 8000, 'hasty')
      .build();
    expect(check(ledger, '2026-11-03').map((found) => found.categoryId)).toEqual([
      'over-a-lot',
      'over-a-bit',
      'over-in-yen',
      'hasty',
      'calm-and-larger',
      'calm',
    ]);
  });
});

describe('for any ledger and day', () => {
  it('left and spent are the amount, and each figure keeps to the others', () => {
    fc.assert(
      fc.property(anyLedger, anyDate, (ledger, asOf) => {
        for (const found of check(ledger, asOf, monthUnderTest)) {
          expect(found.leftMinor + found.spentMinor).toBe(found.amountMinor);
          expect(found.expectedByNowMinor + found.abovePaceMinor).toBe(found.spentByNowMinor);
          expect(found.leftPerDayMinor).toBeGreaterThanOrEqual(0);
          expect(found.leftPerDayMinor * found.daysLeft).toBeLessThanOrEqual(Math.max(0, found.leftMinor));
          expect(found.state === 'over').toBe(found.spentMinor > found.amountMinor);
        }
      }),
    );
  });

  it('there is one check for each budget of the month', () => {
    fc.assert(
      fc.property(anyLedger, anyDate, (ledger, asOf) => {
        const ids = ledger.budgets.filter((budget) => budget.month === monthUnderTest).map((budget) => budget.id);
        expect(
          check(ledger, asOf, monthUnderTest)
            .map((found) => found.budgetId)
            .sort(),
        ).toEqual(ids.sort());
      }),
    );
  });

  it('entries of other currencies change nothing', () => {
    fc.assert(
      fc.property(anyLedger, anyDate, (ledger, asOf) => {
        const euros = { ...ledger, entries: ledger.entries.filter((entry) => entry.currency === 'EUR') };
        const inEuros = (checks: readonly BudgetCheck[]) => checks.filter((found) => found.currency === 'EUR');
        expect(inEuros(check(ledger, asOf, monthUnderTest))).toEqual(inEuros(check(euros, asOf, monthUnderTest)));
      }),
    );
  });
});
