import type { CategoryQuestion } from '@fintrack/advisor-core';
import type { CalendarDate } from '@fintrack/sync-core/protocol';
import { queryOptions } from '@tanstack/react-query';
import type { Ledger } from './ledger.ts';
import { ledgerKey } from './ledger-queries.ts';
import type { Services } from './services.ts';

/** Asked anew after every change of the ledger. Failures are values: advice is missing without taking a screen along. */
const besideLedger = {
  networkMode: 'always',
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
} as const;

/** `ledger` is the name of the one that is open: what was asked of another is never its answer. */
export const adviceQuery = ({ advisor }: Pick<Services, 'advisor'>, ledger: string, asOf: CalendarDate) =>
  queryOptions({
    ...besideLedger,
    queryKey: [ledgerKey, 'advice', ledger, asOf],
    queryFn: () => advisor.advice(asOf),
    placeholderData: (before) => (before?.ok && before.value.ledger === ledger ? before : undefined),
  });

export const advisedEntriesQuery = (
  { advisor, ledgerName }: Pick<Services, 'advisor' | 'ledgerName'>,
  ids: readonly string[],
) => {
  const ledger = ledgerName();
  return queryOptions({
    ...besideLedger,
    queryKey: [ledgerKey, 'advisedEntries', ledger, ids],
    queryFn: () => advisor.entries(ids),
    placeholderData: (before, query) => (query?.queryKey[2] === ledger ? before : undefined),
  });
};

/** Asked as somebody types; the answer before stands until the next is there. */
export const suggestCategoryQuery = (
  { advisor, ledgerName }: Pick<Services, 'advisor' | 'ledgerName'>,
  about: CategoryQuestion,
) =>
  queryOptions({
    ...besideLedger,
    queryKey: [ledgerKey, 'suggestCategory', ledgerName(), about],
    queryFn: async () => {
      const suggested = await advisor.suggestCategory(about);
      return { title: about.title, suggestions: suggested.ok ? suggested.value : [] };
    },
    gcTime: 0,
    // Chips stay while the next letter is asked about; never those of another ledger.
    placeholderData: (before, query) => (query?.queryKey[2] === ledgerName() ? before : undefined),
  });

export const dismissalsQuery = (ledger: Ledger) =>
  queryOptions({ ...besideLedger, queryKey: [ledgerKey, 'dismissals'], queryFn: () => ledger.dismissals() });

/** What the server worked out, where there is no ledger here yet. */
export const serverAdviceQuery = (
  { serverAdvice }: Pick<Services, 'serverAdvice'>,
  ledger: string,
  asOf: CalendarDate,
) => queryOptions({ queryKey: ['serverAdvice', ledger, asOf], queryFn: () => serverAdvice.advice(asOf) });
