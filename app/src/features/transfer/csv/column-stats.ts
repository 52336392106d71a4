import { directionWord } from './direction-words.ts';
import { currenciesOf, looksLikeAmount, splitAmountCell } from './read-amount.ts';
import { looksLikeDate } from './read-date.ts';
import { type CsvTable, isWholeRow } from './read-table.ts';

/** Counts over a sample of a column's cells. All but `filled` are among the filled ones. */
export type ColumnStats = {
  readonly sampled: number;
  readonly filled: number;
  readonly dates: number;
  readonly amounts: number;
  /** Amounts with a decimal or grouping mark, a sign or a currency: money rather than a number of something. */
  readonly moneyLike: number;
  readonly negatives: number;
  readonly directions: number;
  readonly currencies: number;
  readonly distinct: number;
  /** Mean characters of a filled cell. */
  readonly meanLength: number;
};

const sampleRowsMax = 400;

/** Rows spread evenly over the table: bookings where there are any, else all whole rows. */
export const sampleRows = (table: CsvTable): readonly (readonly string[])[] => {
  const whole = table.rows.filter((row) => !row.summary && isWholeRow(row, table));
  const bookings = whole.filter((row) => row.booking);
  const rows = (bookings.length > 0 ? bookings : whole).map((row) => row.cells);
  if (rows.length <= sampleRowsMax) return rows;
  const step = rows.length / sampleRowsMax;
  return Array.from({ length: sampleRowsMax }, (_, index) => rows[Math.floor(index * step)] ?? []);
};

export const columnStats = (rows: readonly (readonly string[])[], index: number): ColumnStats => {
  const filled = rows.map((cells) => (cells[index] ?? '').trim()).filter((cell) => cell !== '');
  const amounts = filled.filter(looksLikeAmount);
  const count = (test: (cell: string) => boolean): number => filled.filter(test).length;
  return {
    sampled: rows.length,
    filled: filled.length,
    dates: count(looksLikeDate),
    amounts: amounts.length,
    moneyLike: amounts.filter(isMoneyLike).length,
    negatives: amounts.filter(isNegative).length,
    directions: count((cell) => directionWord(cell) !== undefined),
    currencies: count((cell) => currenciesOf(cell).length > 0),
    distinct: new Set(filled).size,
    meanLength: filled.reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, filled.length),
  };
};

const isMoneyLike = (cell: string): boolean =>
  /[.,+\-\u2212(]/.test(cell) || splitAmountCell(cell).currencies.length > 0;

const isNegative = (cell: string): boolean => /[-\u2212\u2013(]/.test(splitAmountCell(cell).text);

/** Share of the filled cells, 0 to 1; an empty column has none. */
export const share = (
  stats: ColumnStats,
  what: 'dates' | 'amounts' | 'moneyLike' | 'directions' | 'currencies',
): number => (stats.filled === 0 ? 0 : stats[what] / stats.filled);
