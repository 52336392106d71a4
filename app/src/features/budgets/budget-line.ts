import type { MonthAdvice } from '@fintrack/advisor-core';
import type { Budget, Category } from '../../model/ledger.ts';

/** One category in the budget screen, in the home currency. */
export type BudgetLine = {
  readonly category: Category;
  readonly budget: Budget | undefined;
  readonly lastMinor: number | undefined;
  readonly spentMinor: number;
};

export const budgetLines = (
  categories: readonly Category[],
  advice: MonthAdvice,
  current: readonly Budget[],
  previous: readonly Budget[],
  currency: string,
): readonly BudgetLine[] => {
  const totals = advice.totals.find((each) => each.currency === currency)?.categories ?? [];
  const find = (budgets: readonly Budget[], category: Category) =>
    budgets.find((budget) => budget.categoryId === category.id && budget.currency === currency);
  return categories.map((category) => ({
    category,
    budget: find(current, category),
    lastMinor: find(previous, category)?.amountMinor,
    spentMinor: totals.find((total) => total.categoryId === category.id)?.spentMinor ?? 0,
  }));
};
