import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { censusQuery } from './past-queries.ts';
import { useServices } from './services-context.tsx';
import type { Services } from './services.ts';
import type { Census } from './storage.ts';
import type { StorageSeen } from './storage-notice.ts';

const storageKey = 'storage';
const factsFreshMs = 30_000;

const factsQuery = ({ storage }: Services) =>
  queryOptions({
    queryKey: [storageKey, 'facts'],
    queryFn: () => storage.facts(),
    networkMode: 'always',
    staleTime: factsFreshMs,
    retry: false,
  });

/** Looking also remembers: what is here now is what a later look compares with. */
const marksQuery = ({ storage }: Services, census: Census | undefined) =>
  queryOptions({
    queryKey: [storageKey, 'marks', census],
    queryFn: async () => {
      if (!census) return { eviction: null, backup: null };
      const eviction = await storage.saw(census);
      return { eviction, backup: await storage.backupOf(census.ledger) };
    },
    enabled: census !== undefined,
    networkMode: 'always',
    retry: false,
    placeholderData: (before) => before,
  });

/** What is to be known of storage, and how to have it read again after something was done about it. */
export const useStorageSeen = (): { readonly seen: StorageSeen | undefined; readonly refresh: () => void } => {
  const services = useServices();
  const queries = useQueryClient();
  const { data: census } = useQuery(censusQuery(services.ledger));
  const { data: facts, error: factsError } = useQuery(factsQuery(services));
  const { data: marks, error: marksError } = useQuery(marksQuery(services, census));
  const refresh = useCallback(() => void queries.invalidateQueries({ queryKey: [storageKey] }), [queries]);
  if (!census) return { seen: undefined, refresh };
  const problems = [factsError, marksError].flatMap((error) => (error ? [error.message] : []));
  const { eviction = null, backup = null } = marks ?? {};
  return { seen: { census, facts, eviction, backup, problems: [...(facts?.problems ?? []), ...problems] }, refresh };
};
