import { useMemo, useRef, useState } from 'react';
import { useBook } from '../../model/book-context.tsx';
import { EntryList } from '../../ui/entry-list.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useMedia, wide } from '../../ui/use-media.ts';
import { matchingEntries, type MonthView } from './month-view.ts';
import { words } from './words.ts';

/** The right pane: the month's entries with a search over them. */
export const MonthLedger = ({ view, showsPending }: { view: MonthView; showsPending: boolean }) => {
  const { categoryById, profile } = useBook();
  const format = useFormat();
  const isWide = useMedia(wide);
  const scrollRef = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const shown = useMemo(
    () => matchingEntries(view.entries, text, (id) => (id === null ? '' : (categoryById.get(id)?.name ?? ''))),
    [view.entries, text, categoryById],
  );
  const count = words.entryCount(format.count(view.entries.length), view.entries.length === 1);
  const amount = (minor: number) => format.amount(minor, view.currency);
  return (
    <section className="pane ledger" aria-label={words.entries}>
      <div className="filters">
        <SearchField label={words.searchMonth} value={text} onChange={setText} />
        {isWide && (
          <span className="t-12 ink-3">
            {words.ledgerSum(count, amount(view.spentMinor), amount(view.incomeMinor))}
          </span>
        )}
      </div>
      <div className="ledger-scroll" ref={scrollRef}>
        {shown.length === 0 ? (
          <p className="ledger-note">
            {text.trim() === '' ? words.noEntries(format.nearMonth(view.month, view.asOf)) : words.noMatch(text.trim())}
          </p>
        ) : (
          <EntryList
            entries={shown}
            categoryById={categoryById}
            homeCurrency={profile.currency}
            today={view.asOf}
            isTable={isWide}
            scrollRef={scrollRef}
            showsPending={showsPending}
          />
        )}
      </div>
    </section>
  );
};
