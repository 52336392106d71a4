import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMonth } from '../month-entries.ts';
import { monthProgress } from '../month-progress.ts';
import { anyDate, anyLedger, monthUnderTest } from '../testing/arbitrary-ledger.ts';
import { buildLedger, type Ledger, obviousSum } from '../testing/ledger-builder.ts';
import { leftToSpend } from './left-to-spend.ts';

const summary = (ledger: Ledger, asOf: string, month = '2026-11') => {
  const budgets = ledger.budgets.filter((budget) => budget.month === month);
  return leftToSpend(budgets, groupMonth(ledger.entries, month), monthProgress(month, asOf));
};

describe('what is left to spend', () => {
  it('is worked out by hand on the 20th of 30 days', () => {
    const ledger = buildLedger()
      .budget('2026-11', 60_000, 'groceries')
      .budget('2026-11', 10_000, 'dining')
      .expense('2026-11-02', 24_000, 'groceries')
      .expense('2026-11-12', 11_519, 'dining')
      .expense('2026-11-13', 90_000, 'home')
      .expense('2026-11-14', 450)
      .income('2026-11-01', 250_000)
      .build();
    expect(summary(ledger, '2026-11-20')).toEqual([
      {
        currency: 'EUR',
        budgetCount: 2,
        budgetedMinor: 70_000,
        spentInBudgetsMinor: 35_519,
        leftMinor: 34_481,
        daysLeft: 11,
        leftPerDayMinor: 3134,
        spentOutsideBudgetsMinor: 90_450,
        incomeMinor: 250_000,
      },
    ]);
  });

  it('stands apart for each currency that a budget or an entry uses', () => {
    const ledger = buildLedger()
      .budget('2026-11', 5000, 'dining')
      .in('USD')
      .expense('2026-11-02', 700, 'dining')
      .in('JPY')
      .income('2026-11-02', 900)
      .build();
    expect(summary(ledger, '2026-11-20')).toMatchObject([
      { currency: 'EUR', budgetCount: 1, leftMinor: 5000, spentOutsideBudgetsMinor: 0 },
      { currency: 'JPY', budgetCount: 0, budgetedMinor: 0, incomeMinor: 900 },
      { currency: 'USD', budgetCount: 0, leftMinor: 0, spentOutsideBudgetsMinor: 700 },
    ]);
  });

  it('counts a category once though two budgets name it', () => {
    const twice = buildLedger().budget('2026-11', 1000, 'dining').budget('2026-11', 500, 'dining');
    expect(summary(twice.expense('2026-11-02', 300, 'dining').build(), '2026-11-20')).toMatchObject([
      { budgetedMinor: 1500, spentInBudgetsMinor: 300, leftMinor: 1200 },
    ]);
  });

  it('is nothing for a day when over and in a past month', () => {
    const ledger = buildLedger().budget('2026-11', 1000, 'dining');
    expect(summary(ledger.build(), '2026-12-01')).toMatchObject([{ leftMinor: 1000, daysLeft: 0, leftPerDayMinor: 0 }]);
    expect(summary(ledger.expense('2026-11-01', 1001, 'dining').build(), '2026-11-02')).toMatchObject([
      { leftMinor: -1, leftPerDayMinor: 0 },
    ]);
  });

  it('holds every expense of any ledger exactly once, inside or outside the budgets', () => {
    fc.assert(
      fc.property(anyLedger, anyDate, (ledger, asOf) => {
        for (const found of summary(ledger, asOf, monthUnderTest)) {
          expect(found.spentInBudgetsMinor + found.spentOutsideBudgetsMinor).toBe(
            obviousSum(ledger, 'expense', monthUnderTest, found.currency) + 0,
          );
          expect(found.leftMinor + found.spentInBudgetsMinor).toBe(found.budgetedMinor);
        }
      }),
    );
  });
});
