import type { CalendarMonth, Result } from '@fintrack/sync-core/protocol';
import { ok } from '@fintrack/sync-core/protocol';
import type { Budget, Ledger, SaveError } from './ledger.ts';

/** The budgets of one month that another does not have yet, by category and currency. What was set there stays. */
export const budgetsToCopy = (from: readonly Budget[], to: readonly Budget[]): readonly Budget[] => {
  const present = new Set(to.map((budget) => `${budget.categoryId} ${budget.currency}`));
  return from.filter((budget) => budget.amountMinor > 0 && !present.has(`${budget.categoryId} ${budget.currency}`));
};

/** Sets them in `month`, one after the other; stops at the first that cannot be saved. */
export const copyBudgets = async (
  ledger: Ledger,
  budgets: readonly Budget[],
  month: CalendarMonth,
): Promise<Result<null, SaveError>> => {
  for (const { categoryId, amountMinor, currency } of budgets) {
    const saved = await ledger.setBudget({ categoryId, month, amountMinor, currency });
    if (!saved.ok) return saved;
  }
  return ok(null);
};
