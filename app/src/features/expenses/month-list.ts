import { addMonths, type CalendarMonth, transfersCategoryId } from '@fintrack/sync-core/protocol';
import type { MonthTotal } from '../../model/ledger.ts';

export type MonthSummary = { readonly month: CalendarMonth; readonly spentMinor: number; readonly incomeMinor: number };

/** Earliest and latest month that kept totals are asked for: further away lies no ledger that people keep. */
export const totalsRange = (current: CalendarMonth) => ({
  from: addMonths(current, -1200),
  to: addMonths(current, 1200),
});

/**
 * Months with entries, newest first; sums in the home currency, others leave only their month. Money between own
 * accounts is neither spent nor earned.
 */
export const monthList = (totals: readonly MonthTotal[], homeCurrency: string): readonly MonthSummary[] => {
  const months = new Map<CalendarMonth, { spentMinor: number; incomeMinor: number }>();
  for (const { month, currency, kind, categoryId, sumMinor, count } of totals) {
    if (count === 0) continue;
    const sums = months.get(month) ?? { spentMinor: 0, incomeMinor: 0 };
    if (currency === homeCurrency && categoryId !== transfersCategoryId)
      sums[kind === 'expense' ? 'spentMinor' : 'incomeMinor'] += sumMinor;
    months.set(month, sums);
  }
  return [...months].map(([month, sums]) => ({ month, ...sums })).sort((a, b) => (a.month < b.month ? 1 : -1));
};
