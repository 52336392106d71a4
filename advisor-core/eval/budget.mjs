import { suggestBudget } from '../src/patterns/budget-suggestion.ts';

/** Part (e): the next budget from a category's month totals. Without enough evidence: none. */
export const budget = (monthTotals) => suggestBudget(monthTotals)?.amountMinor ?? 0;
