import type { BudgetCheck } from '@fintrack/advisor-core';
import { adviseMonth } from '@fintrack/advisor-core';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../model/ledger.ts';
import { paceOf } from './pace.ts';

const expense = (date: string, amountMinor: number, categoryId = 'dining', currency = 'EUR'): Entry => ({
  kind: 'expense',
  id: `${date} ${amountMinor}`,
  date,
  amountMinor,
  currency,
  title: '',
  note: '',
  categoryId,
  importId: null,
  isPending: false,
});
const budget = (categoryId: string, amountMinor: number) => ({
  id: categoryId,
  categoryId,
  month: '2025-11',
  amountMinor,
  currency: 'EUR',
});
const checksOf = (entries: readonly Entry[], budgets: readonly ReturnType<typeof budget>[]): readonly BudgetCheck[] =>
  adviseMonth({ entries, budgets, asOf: '2025-11-03', month: '2025-11' }).budgets;
const pace = (entries: readonly Entry[], budgets = [budget('dining', 30_000)], asOf = '2025-11-03') =>
  paceOf({ month: '2025-11', asOf, currency: 'EUR', entries, checks: checksOf(entries, budgets) });

describe('the pace', () => {
  it('is what was spent less an even share of the budget, day by day', () => {
    expect(pace([expense('2025-11-01', 2500), expense('2025-11-03', 700)])).toEqual({
      differences: [0, 1500, 500, 200],
      daysInMonth: 30,
      billCategoryIds: [],
    });
  });

  it('leaves out a budget that one payment uses up', () => {
    const entries = [expense('2025-11-01', 130_000, 'housing'), expense('2025-11-02', 1000)];
    const found = pace(entries, [budget('dining', 30_000), budget('housing', 131_000)]);
    expect(found).toMatchObject({ differences: [0, -1000, -1000, -2000], billCategoryIds: ['housing'] });
  });

  it('reads neither other currencies nor what is dated after today', () => {
    const found = pace([expense('2025-11-02', 9900, 'dining', 'USD'), expense('2025-11-28', 9900)]);
    expect(found?.differences.at(-1)).toBe(-3000);
  });

  it('agrees with the advisor about where today stands', () => {
    const entries = [expense('2025-11-01', 2533), expense('2025-11-03', 777)];
    expect(pace(entries)?.differences.at(-1)).toBe(checksOf(entries, [budget('dining', 30_000)])[0]?.abovePaceMinor);
  });

  it('is nothing in another month and without budgets', () => {
    expect(pace([], undefined, '2025-12-03')).toBeUndefined();
    expect(pace([], [])).toBeUndefined();
  });
});
