import type { ImportRow } from '../../model/ledger.ts';
import type { CsvEntry } from './csv/rows-to-entries.ts';

/** What an entry of a file is called: an expense by its description, an income by who paid. */
export const titleOf = (entry: CsvEntry): string => (entry.kind === 'income' ? entry.source : entry.description);

/** A file's entries as the ledger takes them. */
export const importRowsOf = (entries: readonly CsvEntry[]): readonly ImportRow[] =>
  entries.map((entry) => ({
    line: entry.line,
    kind: entry.kind,
    date: entry.date,
    amountMinor: entry.amountMinor,
    currency: entry.currency,
    title: titleOf(entry),
    note: entry.note,
    categoryId: null,
    ...(entry.kind === 'expense' && entry.categoryName !== '' ? { categoryName: entry.categoryName } : {}),
  }));

export type PreviewRow =
  | { readonly type: 'entry'; readonly line: number; readonly entry: CsvEntry; readonly isKnown: boolean }
  | { readonly type: 'refused'; readonly line: number; readonly why: string; readonly cells: readonly string[] };

export type PreviewTab = 'all' | 'fresh' | 'known' | 'refused';

export const isOfTab = (row: PreviewRow, tab: PreviewTab): boolean => {
  if (tab === 'all') return true;
  if (row.type === 'refused') return tab === 'refused';
  return tab === (row.isKnown ? 'known' : 'fresh');
};

export type FileSum = { readonly currency: string; readonly spentMinor: number; readonly incomeMinor: number };

/** What entries come to, for each currency alone; money between own accounts is neither spent nor earned. */
export const fileSums = (entries: readonly CsvEntry[]): readonly FileSum[] => {
  const sums = new Map<string, { spentMinor: number; incomeMinor: number }>();
  for (const { currency, kind, amountMinor, transfer } of entries) {
    const sum = sums.get(currency) ?? { spentMinor: 0, incomeMinor: 0 };
    if (!transfer) sum[kind === 'expense' ? 'spentMinor' : 'incomeMinor'] += amountMinor;
    sums.set(currency, sum);
  }
  return [...sums].map(([currency, sum]) => ({ currency, ...sum }));
};
