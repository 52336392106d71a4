import { queryOptions } from '@tanstack/react-query';
import type { LoggedChange } from './history.ts';
import type { Ledger } from './ledger.ts';
import { ledgerKey, localQuery } from './ledger-queries.ts';

export const deletedEntriesQuery = (ledger: Ledger, limit: number) =>
  queryOptions({
    ...localQuery,
    queryKey: [ledgerKey, 'deleted', limit],
    queryFn: () => ledger.deletedEntries(limit),
  });

export const recentChangesQuery = (ledger: Ledger, limit: number) =>
  queryOptions({
    ...localQuery,
    queryKey: [ledgerKey, 'recentChanges', limit],
    queryFn: () => ledger.recentChanges(limit),
  });

/** `older`: what the server answered, once it was asked; undefined before. */
export const historyQuery = (ledger: Ledger, kind: string, id: string, older?: readonly LoggedChange[]) =>
  queryOptions({
    ...localQuery,
    queryKey: [ledgerKey, 'history', kind, id, older?.length ?? null],
    queryFn: () => ledger.history(kind, id, older),
  });

export const waitingQuery = (ledger: Ledger, from: number, limit: number) =>
  queryOptions({
    ...localQuery,
    queryKey: [ledgerKey, 'waiting', from, limit],
    queryFn: () => ledger.waiting(from, limit),
  });

export const devicesQuery = (ledger: Ledger) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'devices'], queryFn: () => ledger.devices() });

export const censusQuery = (ledger: Ledger) =>
  queryOptions({ ...localQuery, queryKey: [ledgerKey, 'census'], queryFn: () => ledger.census() });
