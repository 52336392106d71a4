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

export const adviceQuery = ({ advisor }: Pick<Services, 'advisor'>, asOf: CalendarDate) =>
  queryOptions({ ...besideLedger, queryKey: [ledgerKey, 'advice', asOf], queryFn: () => advisor.advice(asOf) });

export const advisedEntriesQuery = ({ advisor }: Pick<Services, 'advisor'>, ids: readonly string[]) =>
  queryOptions({
    ...besideLedger,
    queryKey: [ledgerKey, 'advisedEntries', ids],
    queryFn: () => advisor.entries(ids),
    placeholderData: (before) => before,
  });

/** Asked as somebody types; the answer before stands until the next is there. */
export const suggestCategoryQuery = ({ advisor }: Pick<Services, 'advisor'>, about: CategoryQuestion) =>
  queryOptions({
    ...besideLedger,
    queryKey: [ledgerKey, 'suggestCategory', about],
    queryFn: async () => {
      const suggested = await advisor.suggestCategory(about);
      return { title: about.title, suggestions: suggested.ok ? suggested.value : [] };
    },
    gcTime: 0,
    placeholderData: (before) => before,
  });

export const dismissalsQuery = (ledger: Ledger) =>
  queryOptions({ ...besideLedger, queryKey: [ledgerKey, 'dismissals'], queryFn: () => ledger.dismissals() });

/** What the server worked out, where there is no ledger here yet. */
export const serverAdviceQuery = ({ serverAdvice }: Pick<Services, 'serverAdvice'>, asOf: CalendarDate) =>
  queryOptions({ queryKey: ['serverAdvice', asOf], queryFn: () => serverAdvice.advice(asOf) });
