import { Link } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { type EntryFilter, searchOfFilter } from './entry-filter.ts';
import type { MonthSummary } from './month-list.ts';
import { words } from './words.ts';
import '../../ui/side.css';

/** Every month with entries and what it came to; the chosen one fills the ledger. */
export const MonthPane = ({ months, filter }: { months: readonly MonthSummary[]; filter: EntryFilter }) => {
  const { profile } = useBook();
  const format = useFormat();
  const href = (part: Partial<EntryFilter>) => `/entries?${searchOfFilter({ ...filter, ...part })}`;
  return (
    <nav className="pane side" aria-label={words.months}>
      <h1>{words.title}</h1>
      <Link className="it" href={href({ month: undefined })} aria-current={filter.month ? undefined : 'true'}>
        {words.allMonths}
      </Link>
      {months.map(({ month, spentMinor, incomeMinor }) => (
        <Link
          key={month}
          className="it"
          href={href({ month })}
          aria-current={filter.month === month ? 'true' : undefined}
        >
          <span>
            {format.month(month)}
            {incomeMinor !== 0 && (
              <span className="sub">{words.income(format.amount(incomeMinor, profile.currency))}</span>
            )}
          </span>
          <span className="n">{format.amount(spentMinor, profile.currency)}</span>
        </Link>
      ))}
    </nav>
  );
};
