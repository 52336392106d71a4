import { Link } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import { EntryList } from '../../ui/entry-list.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import type { MonthView } from './month-view.ts';
import { words } from './words.ts';

/** The month's entries under its numbers, on phones. */
export const MonthEntries = ({ view, showsPending }: { view: MonthView; showsPending: boolean }) => {
  const { categoryById, profile } = useBook();
  const format = useFormat();
  return (
    <section className="sect" aria-labelledby="entries">
      <div className="sect-head">
        <h2 id="entries">{words.entries}</h2>
        <Link className="act reach" href="/entries">
          {words.allEntries}
        </Link>
      </div>
      {view.entries.length === 0 ? (
        <p className="ink-2">{words.noEntries(format.nearMonth(view.month, view.asOf))}</p>
      ) : (
        <EntryList
          entries={view.entries}
          categoryById={categoryById}
          homeCurrency={profile.currency}
          today={view.asOf}
          showsPending={showsPending}
        />
      )}
    </section>
  );
};
