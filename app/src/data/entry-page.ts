import type { CalendarMonth } from '@fintrack/sync-core/protocol';
import type { Entry, EntryQuery } from '../model/ledger.ts';
import type { LedgerDatabase, StoredMonth, StoredRow } from './database.ts';
import { entryOf } from './entry-of.ts';
import { readList, readMonth } from './stored-lists.ts';
import { allEntries, compareListKeys, rowOfText } from './stored-row.ts';
import { toMonthTotals } from './totals.ts';

type StoredPage = { readonly rows: readonly StoredRow[]; readonly hasMore: boolean };

/**
 * A search looks through so many entries for each one asked for, then says that there may be more: of a page of 300 that
 * is a tenth of a second, and whoever asks for another page looks further back.
 */
const scannedPerAsked = 100;

/** The newest entries that fit the query. What is asked for decides the cost, never the ledger's length. */
export const readEntryPage = (database: LedgerDatabase, query: EntryQuery): Promise<StoredPage> => {
  const fits = filterOf(query);
  if (query.month === undefined && !fits) return readNewest(database, query.limit);
  return readByMonth(database, query, fits ?? (() => true));
};

const readNewest = async (database: LedgerDatabase, limit: number): Promise<StoredPage> => {
  const ofKind = (kind: 'expense' | 'income') => readList(database, allEntries(kind), limit + 1);
  const lists = await Promise.all([ofKind('expense'), ofKind('income')]);
  const rows = lists.flat().sort(compareListKeys);
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
};

const readByMonth = async (
  database: LedgerDatabase,
  query: EntryQuery,
  fits: (row: StoredRow) => boolean,
): Promise<StoredPage> => {
  const months = query.month === undefined ? await monthsWith(database, query.categoryId) : [query.month];
  const scanMax = query.limit * scannedPerAsked;
  const found: StoredRow[] = [];
  let scanned = 0;
  let isCut = false;
  for (const month of months) {
    isCut = found.length > query.limit || scanned >= scanMax;
    if (isCut) break;
    const rows = await readMonth(database, month);
    scanned += rows.length;
    found.push(...rows.filter(fits));
  }
  return { rows: found.slice(0, query.limit), hasMore: isCut || found.length > query.limit };
};

/** Months that have entries (of the category, if one is named), newest first: the kept totals know. */
export const monthsWith = async (
  database: LedgerDatabase,
  categoryId: string | null | undefined,
): Promise<readonly CalendarMonth[]> => {
  const months = await database.totals.toArray();
  const hasAny = (stored: StoredMonth): boolean =>
    categoryId === undefined || toMonthTotals(stored).some((total) => total.categoryId === categoryId);
  return months
    .filter(hasAny)
    .map(({ key }) => key)
    .reverse();
};

const filterOf = ({ categoryId, text }: EntryQuery): ((row: StoredRow) => boolean) | undefined => {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (categoryId === undefined && words.length === 0) return undefined;
  const hasWords = (entry: Omit<Entry, 'isPending'>): boolean => {
    const searched = `${entry.title} ${entry.note}`.toLowerCase();
    return words.every((word) => searched.includes(word));
  };
  return (row) => {
    const entry = entryOf(rowOfText(row.row));
    if (!entry) return false;
    if (categoryId !== undefined && (entry.kind !== 'expense' || entry.categoryId !== categoryId)) return false;
    return hasWords(entry);
  };
};
