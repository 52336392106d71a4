import { type CalendarMonth, monthOf, type Result } from '@fintrack/sync-core/protocol';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useBook } from '../../model/book-context.tsx';
import type { Ledger } from '../../model/ledger.ts';
import { hasNothingToShow, ledgerKey } from '../../model/ledger-queries.ts';
import { useServices } from '../../model/services-context.tsx';
import { decimalMarkOf } from '../../model/typed-amount.ts';
import { countLikenesses } from './csv/duplicates.ts';
import type { MappingOptions } from './csv/guess-mapping.ts';
import { type ImportPlan, planImport, replan } from './csv/import-plan.ts';
import type { Mapping } from './csv/mapping.ts';
import type { CsvFileError } from './csv/read-table.ts';
import { localeDateOrder } from './locale-habits.ts';

export type ReadFile =
  | { readonly type: 'reading' }
  | { readonly type: 'unreadable' }
  | { readonly type: 'refused'; readonly error: CsvFileError }
  | { readonly type: 'read'; readonly plan: ImportPlan; readonly options: MappingOptions };

/**
 * Reads the file, and compares what it says with the ledger's entries of the same months; those that this very import
 * made before it failed are no reason to leave a row out.
 */
export const useImportPlan = (file: File, importId: string) => {
  const { ledger } = useServices();
  const { profile } = useBook();
  const options = useMemo<MappingOptions>(
    () => ({
      homeCurrency: profile.currency,
      localeDateOrder: localeDateOrder(profile.locale),
      localeDecimalMark: decimalMarkOf(profile.locale),
    }),
    [profile],
  );
  const { data: first, isError } = useQuery({
    queryKey: ['importFile', file.name, file.size, file.lastModified, options],
    queryFn: async (): Promise<Result<ImportPlan, CsvFileError>> =>
      planImport(new Uint8Array(await file.arrayBuffer()), options),
    networkMode: 'always',
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    structuralSharing: false,
  });
  const [chosen, setChosen] = useState<Mapping>();
  const plain = useMemo(
    () => (first?.ok ? (chosen ? replan(first.value.table, chosen, options) : first.value) : undefined),
    [first, chosen, options],
  );
  const months = useMemo(() => [...new Set(plain?.entries.map((entry) => monthOf(entry.date)))].sort(), [plain]);
  const { data: existing } = useQuery({
    queryKey: [ledgerKey, 'likenesses', months, importId],
    queryFn: () => likenessesOf(ledger, months, importId),
    networkMode: 'always',
    enabled: plain !== undefined,
    throwOnError: hasNothingToShow,
    structuralSharing: false,
  });
  const plan = useMemo(
    () => (plain && existing ? replan(plain.table, plain.mapping, { ...options, existing }) : undefined),
    [plain, existing, options],
  );
  return { read: readState(first, isError, plan, options), setMapping: setChosen };
};

const readState = (
  first: Result<ImportPlan, CsvFileError> | undefined,
  isError: boolean,
  plan: ImportPlan | undefined,
  options: MappingOptions,
): ReadFile => {
  if (isError) return { type: 'unreadable' };
  if (first && !first.ok) return { type: 'refused', error: first.error };
  return plan ? { type: 'read', plan, options } : { type: 'reading' };
};

const likenessesOf = async (ledger: Ledger, months: readonly CalendarMonth[], importId: string) => {
  const entries = await Promise.all(months.map((month) => ledger.monthEntries(month)));
  const others = entries.flat().filter((entry) => entry.importId !== importId);
  return countLikenesses(others.map((entry) => ({ ...entry, text: entry.title })));
};
