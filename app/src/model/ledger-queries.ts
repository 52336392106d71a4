import { type MonthAdvice, adviseMonth } from '@fintrack/advisor-core';
import { type CalendarDate, type CalendarMonth, transfersCategoryId } from '@fintrack/sync-core/protocol';
import { queryOptions } from '@tanstack/react-query';
import { type Budget, type Entry, type EntryKind, type EntryQuery, type Ledger, ledgerClosed } from './ledger.ts';

/** Whether a read that failed has no earlier answer, or none that will ever be renewed. */
export const hasNothingToShow = ({ name }: Error, { state }: { readonly state: { readonly data: unknown } }): boolean =>
  state.data === undefined || name === ledgerClosed;

/**
 * Reads of the ledger on this device. The network is no part of them, so they run offline too; every key starts with
 * `ledgerKey`, which a change of the ledger invalidates.
 */
export const ledgerKey = 'ledger';
export const localQuery = {
  networkMode: 'always',
  staleTime: Number.POSITIVE_INFINITY,
  retry: 1,
  // A book that cannot be read is never shown as an empty one; one that was read stays, and is read again by the next
  // change.
  throwOnError: hasNothingToShow,
} as const;

export const profileQuery = (ledger: Ledger) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'profile'], queryFn: () => ledger.profile() });

export const categoriesQuery = (ledger: Ledger) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'categories'], queryFn: () => ledger.categories() });

export const budgetsQuery = (ledger: Ledger, month: CalendarMonth) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'budgets', month], queryFn: () => ledger.budgets(month) });

export const editableBudgetsQuery = (ledger: Ledger, month: CalendarMonth) =>
  queryOptions({
    ...localQuery,
    queryKey: [ledgerKey, 'editableBudgets', month],
    queryFn: () => ledger.editableBudgets(month),
  });

export const totalsQuery = (ledger: Ledger, from: CalendarMonth, to: CalendarMonth) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'totals', from, to], queryFn: () => ledger.totals(from, to) });

export const entriesQuery = (ledger: Ledger, query: EntryQuery) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'entries', query], queryFn: () => ledger.entries(query) });

export const entryQuery = (ledger: Ledger, kind: EntryKind, id: string) =>
  queryOptions({
    ...localQuery,
    queryKey: [ledgerKey, 'entry', kind, id],
    queryFn: async () => (await ledger.entry(kind, id)) ?? null,
    // A form starts from the first answer: it must not be one from before the last sync.
    gcTime: 0,
  });

export const recentQuery = (ledger: Ledger, kind: EntryKind) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'recent', kind], queryFn: () => ledger.recent(kind, recentMax) });

/** Enough to know a shop's usual category; reading them takes a few milliseconds. */
const recentMax = 200;

export const entryCountQuery = (ledger: Ledger) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'entryCount'], queryFn: () => ledger.entryCount() });

export const importsQuery = (ledger: Ledger) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'imports'], queryFn: () => ledger.imports() });

export const noticesQuery = (ledger: Ledger) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'notices'], queryFn: () => ledger.notices() });

/** A month with what the advisor makes of it here on this device. */
export type AdvisedMonth = {
  readonly month: CalendarMonth;
  readonly entries: readonly Entry[];
  readonly budgets: readonly Budget[];
  readonly advice: MonthAdvice;
};

export const advisedMonthQuery = (ledger: Ledger, month: CalendarMonth, asOf: CalendarDate) =>
  queryOptions({
    ...localQuery,
    queryKey: [ledgerKey, 'advised', month, asOf],
    queryFn: async (): Promise<AdvisedMonth> => {
      const [entries, budgets] = await Promise.all([ledger.monthEntries(month), ledger.budgets(month)]);
      return { month, entries, budgets, advice: adviseMonth({ entries, budgets, asOf, month, transfersCategoryId }) };
    },
  });
