import { monthOf } from '@fintrack/sync-core/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import { entriesQuery, totalsQuery } from '../../model/ledger-queries.ts';
import { useServices, useSessionState, useSyncStatus, useToday } from '../../model/services-context.tsx';
import { useNow } from '../../model/use-now.ts';
import { EntryList } from '../../ui/entry-list.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { StateLink } from '../../ui/state-link.tsx';
import { twoPanes, useMedia, wide } from '../../ui/use-media.ts';
import { useTitle } from '../../ui/use-title.ts';
import './entries.css';
import { type EntryFilter, filterOfSearch, queryOfFilter, searchOfFilter } from './entry-filter.ts';
import { FilterSelects } from './filter-selects.tsx';
import { monthList, totalsRange } from './month-list.ts';
import { MonthPane } from './month-pane.tsx';
import { words } from './words.ts';

const pageSize = 300;
const quietMs = 120;

/** All entries, newest first: by month, by category, by words. */
export const EntriesScreen = () => {
  const { ledger } = useServices();
  const today = useToday();
  const { profile, categoryById } = useBook();
  const status = useSyncStatus();
  const session = useSessionState();
  const now = useNow();
  const hasPanes = useMedia(twoPanes);
  const isWide = useMedia(wide);
  const scrollRef = useRef<HTMLDivElement>(null);
  const { filter, text, setText, setFilter } = useFilter();
  const [limit, setLimit] = useState(pageSize);
  const range = totalsRange(monthOf(today));
  const { data: totals = [] } = useQuery(totalsQuery(ledger, range.from, range.to));
  const { data: page } = useQuery({
    ...entriesQuery(ledger, queryOfFilter(filter, limit)),
    placeholderData: keepPreviousData,
  });
  useTitle(words.title);

  const months = monthList(totals, profile.currency);
  const isFiltered = filter.month !== undefined || filter.categoryId !== undefined || filter.text !== '';
  const list = page && (
    <>
      {page.entries.length === 0 ? (
        <p className="ledger-note ink-2">
          {isFiltered ? words.noMatch : words.none}{' '}
          {isFiltered && (
            <Link className="act" href="/entries">
              {words.showAll}
            </Link>
          )}
        </p>
      ) : (
        <EntryList
          entries={page.entries}
          categoryById={categoryById}
          homeCurrency={profile.currency}
          today={today}
          isTable={isWide}
          showsPending={session.type === 'signedIn'}
          {...(hasPanes ? { scrollRef } : {})}
        />
      )}
      {page.hasMore && (
        <p className="ledger-more">
          <button type="button" className="btn" onClick={() => setLimit(limit + pageSize)}>
            {words.more}
          </button>
        </p>
      )}
      <p className="ledger-more">
        <Link className="act reach" href="/changes">
          {words.changes}
        </Link>
      </p>
    </>
  );
  const search = <SearchField label={words.search} value={text} onChange={setText} />;
  const selects = <FilterSelects filter={filter} months={months} showsMonths={!hasPanes} onChange={setFilter} />;
  if (!hasPanes)
    return (
      <div className="page">
        <header className="top">
          <h1>{words.title}</h1>
          <StateLink status={status} now={now} />
        </header>
        <main id="main" className="wrap">
          <div className="entry-filters">
            {search}
            {selects}
          </div>
          {list}
        </main>
      </div>
    );
  return (
    <main id="main" className="panes narrow">
      <MonthPane months={months} filter={filter} />
      <section className="pane ledger-pane" aria-label={words.title}>
        <div className="entry-filters">
          {search}
          {selects}
        </div>
        <div className="ledger-pane-scroll" ref={scrollRef}>
          {list}
        </div>
      </section>
    </main>
  );
};

/** The filter lives in the address; the words follow the typing after a moment's quiet. */
const useFilter = () => {
  const [, navigate] = useLocation();
  const search = useSearch();
  const filter = filterOfSearch(search);
  const [text, setText] = useState(filter.text);
  // A link that leads to other words, or to none, changes what stands in the field too.
  const [followed, setFollowed] = useState(filter.text);
  if (followed !== filter.text) {
    setFollowed(filter.text);
    setText(filter.text);
  }
  const setFilter = (part: Partial<EntryFilter>) => {
    const next = searchOfFilter({ ...filter, text, ...part });
    if (next === searchOfFilter(filter)) return;
    navigate(next === '' ? '/entries' : `/entries?${next}`, { replace: true });
  };
  const applyText = useEffectEvent((typed: string) => setFilter({ text: typed }));
  useEffect(() => {
    const timer = setTimeout(() => applyText(text), quietMs);
    return () => clearTimeout(timer);
  }, [text]);
  return { filter, text, setText, setFilter };
};
