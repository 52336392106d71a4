import { adviseMonth, type BudgetCheck } from '@fintrack/advisor-core';
import { transfersCategoryId } from '@fintrack/sync-core/protocol';
import type { EntryDraft } from '../../model/ledger.ts';
import type { AdvisedMonth } from '../../model/ledger-queries.ts';

/** The category's budget as it will be once the draft is saved; nothing where it has none. */
export const budgetAfter = (month: AdvisedMonth, draft: EntryDraft): BudgetCheck | undefined => {
  if (draft.kind === 'income' || draft.categoryId === null) return undefined;
  const others = month.entries.filter((entry) => entry.id !== draft.id);
  const entries = [...others, { ...draft, id: draft.id ?? 'draft' }];
  const after = adviseMonth({
    entries,
    budgets: month.budgets,
    asOf: month.advice.asOf,
    month: month.month,
    transfersCategoryId,
  });
  return after.budgets.find((check) => check.categoryId === draft.categoryId && check.currency === draft.currency);
};
