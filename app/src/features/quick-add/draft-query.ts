import { queryOptions } from '@tanstack/react-query';
import type { Ledger } from '../../model/ledger.ts';

/** Read once when a form opens; the form holds it from then on. Null where there is none. */
export const draftQuery = (ledger: Ledger, name: string) =>
  queryOptions({
    queryKey: ['draft', name],
    queryFn: async () => (await ledger.loadDraft(name)) ?? null,
    networkMode: 'always',
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
