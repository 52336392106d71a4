import { compareText } from '../compare.ts';
import type { Budget } from '../ledger.ts';
import { subtractMinor, sumMinor } from '../minor-arithmetic.ts';
import { type MonthEntries, sumAmounts } from '../month-entries.ts';
import type { MonthProgress } from '../month-progress.ts';
import { leftPerDay } from './budget-check.ts';

/** All budgets of a month in one currency together. A budget that is over takes from the others' rest. */
export type LeftToSpend = {
  readonly currency: string;
  /** 0 where only entries use the currency; `leftMinor` says nothing then. */
  readonly budgetCount: number;
  readonly budgetedMinor: number;
  /** Expenses less refunds in categories that have a budget; each category once. */
  readonly spentInBudgetsMinor: number;
  /** `budgetedMinor - spentInBudgetsMinor`; negative when over. */
  readonly leftMinor: number;
  readonly daysLeft: number;
  /** As in a budget's check. Not the sum of the budgets' own: each of those drops a fraction. */
  readonly leftPerDayMinor: number;
  /** Expenses less refunds in all other categories and in none. */
  readonly spentOutsideBudgetsMinor: number;
  readonly incomeMinor: number;
};

/** One summary for each currency that a budget or an entry of the month uses, by code. Both are of one month. */
export const leftToSpend = (
  budgets: readonly Budget[],
  entries: MonthEntries,
  progress: MonthProgress,
): readonly LeftToSpend[] => {
  const currencies = new Set([...budgets.map((budget) => budget.currency), ...entries.keys()]);
  return [...currencies].sort(compareText).map((currency) => {
    const own = budgets.filter((budget) => budget.currency === currency);
    return leftInCurrency(currency, own, entries, progress);
  });
};

const leftInCurrency = (
  currency: string,
  budgets: readonly Budget[],
  entries: MonthEntries,
  { daysLeft }: MonthProgress,
): LeftToSpend => {
  const group = entries.get(currency);
  const budgeted = new Set<string | null>(budgets.map((budget) => budget.categoryId));
  const spentWhere = (isCounted: (categoryId: string | null) => boolean): number =>
    sumMinor([...(group?.expenses ?? [])].filter(([id]) => isCounted(id)).map(([, expenses]) => sumAmounts(expenses)));

  const budgetedMinor = sumMinor(budgets.map((budget) => budget.amountMinor));
  const spentInBudgetsMinor = spentWhere((id) => budgeted.has(id));
  const leftMinor = subtractMinor(budgetedMinor, spentInBudgetsMinor);
  return {
    currency,
    budgetCount: budgets.length,
    budgetedMinor,
    spentInBudgetsMinor,
    leftMinor,
    daysLeft,
    leftPerDayMinor: leftPerDay(leftMinor, daysLeft),
    spentOutsideBudgetsMinor: spentWhere((id) => !budgeted.has(id)),
    incomeMinor: sumAmounts(group?.income ?? []),
  };
};
