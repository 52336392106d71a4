import { monthOf } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { useBook } from '../../model/book-context.tsx';
import type { EntryDraft } from '../../model/ledger.ts';
import { advisedMonthQuery } from '../../model/ledger-queries.ts';
import { useServices, useToday } from '../../model/services-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { budgetAfter } from './consequence.ts';
import { words } from './words.ts';

/** What saving will leave in the category's budget, before it is saved. */
export const Consequence = ({ draft }: { draft: EntryDraft }) => {
  const { ledger } = useServices();
  const today = useToday();
  const { categoryById } = useBook();
  const format = useFormat();
  const { data: month } = useQuery(advisedMonthQuery(ledger, monthOf(draft.date), today));
  const after = month && budgetAfter(month, draft);
  const category = draft.categoryId === null ? undefined : categoryById.get(draft.categoryId);
  if (!after || !category) return null;
  const amount = (minor: number) => format.amount(minor, after.currency);
  return (
    <p className="conseq" aria-live="polite">
      {after.leftMinor < 0 ? (
        <span className="medium bad">{words.puts(amount(-after.leftMinor), category.name)}</span>
      ) : (
        <>
          <span className="medium">{words.leaves(amount(after.leftMinor), category.name)}</span>{' '}
          {after.daysLeft > 0 && (
            <span className="ink-2">{words.forDays(after.daysLeft, amount(after.leftPerDayMinor))}</span>
          )}
        </>
      )}
    </p>
  );
};
