import { addMonths, type CalendarMonth } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import { budgetsToCopy, copyBudgets } from '../../model/copy-budgets.ts';
import { budgetsQuery } from '../../model/ledger-queries.ts';
import { useServices, useToday } from '../../model/services-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { saveErrorSentence } from '../../ui/save-error-words.ts';
import { useToast } from '../../ui/toast.tsx';
import { words } from './words.ts';

export const NoBudgets = ({ month }: { month: CalendarMonth }) => {
  const { ledger } = useServices();
  const today = useToday();
  const { profile } = useBook();
  const format = useFormat();
  const toast = useToast();
  const previous = addMonths(month, -1);
  const { data } = useQuery(budgetsQuery(ledger, previous));
  const copied = budgetsToCopy(data ?? [], []);
  const sumMinor = copied
    .filter((budget) => budget.currency === profile.currency)
    .reduce((sum, budget) => sum + budget.amountMinor, 0);
  const copy = async () => {
    const saved = await copyBudgets(ledger, copied, month);
    if (!saved.ok) toast({ text: saveErrorSentence(saved.error) });
  };
  return (
    <section className="sect">
      <h2 className="claim">{words.noBudgetsClaim(format.nearMonth(month, today))}</h2>
      <p className="ink-2">{words.noBudgetsWhy}</p>
      <div className="btn-row no-budgets">
        {copied.length > 0 && (
          <button type="button" className="btn" onClick={() => void copy()}>
            {words.copyBudgets(format.nearMonth(previous, today), format.amount(sumMinor, profile.currency))}
          </button>
        )}
        <Link className="btn" href={`/budgets?month=${month}`}>
          {words.setBudgets}
        </Link>
      </div>
    </section>
  );
};
