import type { SuggestionAdvice } from '@fintrack/advisor-core';
import type { CalendarMonth } from '@fintrack/sync-core/protocol';
import { useBook } from '../../model/book-context.tsx';
import type { Category } from '../../model/ledger.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { useTakeBudgets } from './use-take-budgets.ts';
import { words } from './words.ts';

type SuggestedBudgetProps = { category: Category; suggestion: SuggestionAdvice; month: CalendarMonth };

/** What a budget of the category could be, taken in one press, with why. */
export const SuggestedBudget = ({ category, suggestion, month }: SuggestedBudgetProps) => {
  const { currency } = useBook().profile;
  const format = useFormat();
  const take = useTakeBudgets(month);
  const { amountMinor, keptPercent, monthsUsed } = suggestion;
  const amount = format.amount(amountMinor, currency);
  return (
    <p className="suggested">
      <button
        type="button"
        className="act"
        aria-label={words.takeFor(amount, category.name)}
        onClick={() => void take([suggestion], words.taken(category.name, amount))}
      >
        {words.take(amount)}
      </button>
      <span className="sub">{words.takeWhy(format.percent(keptPercent / 100), monthsUsed)}</span>
    </p>
  );
};

type TakeAllProps = { suggestions: readonly SuggestionAdvice[]; month: CalendarMonth };

/** All that is suggested for categories without a budget; one alone is as quickly taken by itself. */
export const TakeAll = ({ suggestions, month }: TakeAllProps) => {
  const { currency } = useBook().profile;
  const format = useFormat();
  const take = useTakeBudgets(month);
  if (suggestions.length < 2) return null;
  const sumMinor = suggestions.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const count = format.count(suggestions.length);
  return (
    <button type="button" className="btn" onClick={() => void take(suggestions, words.tookAll(count))}>
      {words.takeAll(count, format.amount(sumMinor, currency))}
    </button>
  );
};
