import { matchHeading } from './heading-words.ts';
import type { CsvRecord } from './parse-records.ts';
import { looksLikeAmount } from './read-amount.ts';
import { looksLikeDate } from './read-date.ts';
import type { ColumnRole } from './mapping.ts';

/** Indexes into the records; no `header` for a file that has none. */
export type HeaderPlace = { readonly header: number | undefined; readonly firstRow: number };

/** A heading stands within these first records, and this close above the first booking. */
const recordsSearchedMax = 150;
const aboveFirstRowMax = 12;

/** True for a row with a date and, in another cell, an amount. */
export const isDataRow = (cells: readonly string[]): boolean => {
  const date = cells.findIndex(looksLikeDate);
  return date >= 0 && cells.some((cell, index) => index !== date && looksLikeAmount(cell));
};

/**
 * Where the heading is: the first row that names a date and money by known words; else, in a language not known here,
 * the nearest row of words above the first booking. A file of bookings without any such row has no heading.
 */
export const findHeader = (records: readonly CsvRecord[]): HeaderPlace | undefined => {
  const searched = records.slice(0, recordsSearchedMax);
  const known = searched.findIndex((record) => isKnownHeader(record.cells));
  if (known >= 0) return { header: known, firstRow: known + 1 };
  const width = usualWidth(records);
  const firstData = records.findIndex((record) => record.cells.length === width && isDataRow(record.cells));
  if (firstData < 0) return undefined;
  for (let index = firstData - 1; index >= Math.max(0, firstData - aboveFirstRowMax); index -= 1) {
    const cells = records[index]?.cells ?? [];
    if (isRowOfWords(cells, width)) return { header: index, firstRow: index + 1 };
  }
  return { header: undefined, firstRow: firstData };
};

const moneyRoles: ReadonlySet<ColumnRole> = new Set(['amount', 'debit', 'credit']);

const isKnownHeader = (cells: readonly string[]): boolean => {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length < 2 || filled.some((cell) => cell.length > 80 || looksLikeDate(cell) || looksLikeAmount(cell)))
    return false;
  const matches = filled.map((cell) => matchHeading(cell));
  const dates = matches.map((match) => match.some(({ role }) => role === 'date'));
  const money = matches.map((match) => match.some(({ role }) => moneyRoles.has(role)));
  // Two different cells, since `Valor` or `Valuta` may be either.
  return dates.some((isDate, at) => isDate && money.some((isMoney, other) => isMoney && other !== at));
};

const isRowOfWords = (cells: readonly string[], width: number): boolean => {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const words = filled.every((cell) => /\p{L}/u.test(cell) && !looksLikeDate(cell) && !looksLikeAmount(cell));
  // A heading may come twice (an amount's and a balance's currency); rows of words below would repeat more.
  const isVaried = new Set(filled).size >= filled.length * 0.7;
  return words && isVaried && filled.length >= Math.max(2, width * 0.6);
};

/** The commonest cell count among bookings; 0 when there is none. */
const usualWidth = (records: readonly CsvRecord[]): number => {
  const counts = new Map<number, number>();
  for (const { cells } of records) if (isDataRow(cells)) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
};
