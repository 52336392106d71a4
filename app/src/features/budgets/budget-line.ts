import type { MonthAdvice, SuggestionAdvice } from '@fintrack/advisor-core';
import type { Budget, Category } from '../../model/ledger.ts';

/** One category in the budget screen, in the home currency. */
export type BudgetLine = {
  readonly category: Category;
  readonly budget: Budget | undefined;
  readonly lastMinor: number | undefined;
  readonly spentMinor: number;
  /** Where there is no budget, and a history that one could be made of. */
  readonly suggestion: SuggestionAdvice | undefined;
};

export const budgetLines = (
  categories: readonly Category[],
  advice: MonthAdvice,
  current: readonly Budget[],
  previous: readonly Budget[],
  currency: string,
  suggestions: readonly SuggestionAdvice[],
): readonly BudgetLine[] => {
  const totals = advice.totals.find((each) => each.currency === currency)?.categories ?? [];
  const find = (budgets: readonly Budget[], category: Category) =>
    budgets.find((budget) => budget.categoryId === category.id && budget.currency === currency);
  return categories.map((category) => ({
    category,
    budget: find(current, category),
    suggestion: find(current, category)
      ? undefined
      : suggestions.find((each) => each.categoryId === category.id && each.currency === currency),
    lastMinor: find(previous, category)?.amountMinor,
    spentMinor: totals.find((total) => total.categoryId === category.id)?.spentMinor ?? 0,
  }));
};
