import { lazy, type ReactNode, Suspense } from 'react';
import { monthOf } from '@fintrack/sync-core/protocol';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useBook } from '../../model/book-context.tsx';
import { advisedMonthQuery, entryCountQuery } from '../../model/ledger-queries.ts';
import { useServices, useSessionState, useSyncStatus, useToday } from '../../model/services-context.tsx';
import { useNow } from '../../model/use-now.ts';
import { useFormat } from '../../ui/format-context.tsx';
import { Opening } from '../../ui/opening.tsx';
import { StateLink } from '../../ui/state-link.tsx';
import { twoPanes, useMedia } from '../../ui/use-media.ts';
import { useTitle } from '../../ui/use-title.ts';
import './dashboard.css';
import { MonthEntries } from './month-entries.tsx';
import { MonthHead } from './month-head.tsx';
import { MonthLedger } from './month-ledger.tsx';
import { MonthOverview } from './month-overview.tsx';
import { monthViewOf } from './month-view.ts';
import { useShownMonth } from './use-shown-month.ts';
import { words } from './words.ts';

/** Seen once. */
const FirstRun = lazy(async () => ({ default: (await import('./first-run.tsx')).FirstRun }));

/** Home: what is left of the month, where it went, and its entries. `advice` is of the month that it is now. */
export const MonthScreen = ({ advice }: { advice: ReactNode }) => {
  const { ledger } = useServices();
  const today = useToday();
  const shown = useShownMonth();
  const asOf = today;
  const { profile } = useBook();
  const session = useSessionState();
  const status = useSyncStatus();
  const now = useNow();
  const format = useFormat();
  const hasPanes = useMedia(twoPanes);
  const { data } = useQuery({ ...advisedMonthQuery(ledger, shown.month, asOf), placeholderData: keepPreviousData });
  const { data: entryCount } = useQuery(entryCountQuery(ledger));
  useTitle(format.nearMonth(shown.month, asOf));

  if (!data || entryCount === undefined) return <Opening />;
  if (entryCount === 0 && data.budgets.length === 0 && session.type === 'signedOut') return <FirstRun />;

  const view = monthViewOf(data, profile.currency);
  const showsPending = session.type === 'signedIn';
  const name = format.nearMonth(data.month, asOf);
  const isCurrent = data.month === monthOf(asOf);
  const overview = (
    <MonthOverview view={view} isCurrent={isCurrent}>
      {isCurrent && <Suspense fallback={null}>{advice}</Suspense>}
    </MonthOverview>
  );
  if (!hasPanes)
    return (
      <div className="page">
        <header className="top">
          <MonthHead shown={shown} title={name} />
          <StateLink status={status} now={now} />
        </header>
        <main id="main">
          {overview}
          <MonthEntries view={view} showsPending={showsPending} />
        </main>
      </div>
    );
  return (
    <main id="main" className="panes">
      <section className="pane overview" aria-label={words.overview(name)}>
        <header className="top">
          <MonthHead shown={shown} title={format.month(data.month)} />
        </header>
        {overview}
      </section>
      <MonthLedger key={data.month} view={view} showsPending={showsPending} />
    </main>
  );
};
