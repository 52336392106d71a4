import type { SuggestionAdvice } from '@fintrack/advisor-core';
import type { CalendarMonth } from '@fintrack/sync-core/protocol';
import { useServices } from '../../model/services-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { words } from './words.ts';

/** Sets budgets where there were none, one after the other, and offers to undo it. */
export const useTakeBudgets = (month: CalendarMonth) => {
  const { ledger } = useServices();
  const toast = useToast();
  return async (suggestions: readonly SuggestionAdvice[], told: string): Promise<void> => {
    for (const { categoryId, amountMinor, currency } of suggestions) {
      const saved = await ledger.setBudget({ categoryId, month, amountMinor, currency });
      if (!saved.ok) return toast({ text: saveErrorSentence(saved.error) });
    }
    const undo = async () => {
      for (const budget of await ledger.editableBudgets(month)) {
        const isTaken = suggestions.some(
          ({ categoryId, currency, amountMinor }) =>
            budget.categoryId === categoryId && budget.currency === currency && budget.amountMinor === amountMinor,
        );
        const removed = isTaken ? await ledger.removeBudget(budget) : undefined;
        if (removed && !removed.ok) return toast({ text: saveErrorSentence(removed.error) });
      }
      return toast({ text: words.untaken });
    };
    toast({ text: told, action: { label: words.undo, run: () => void undo() } });
  };
};
