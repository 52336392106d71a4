import { fail, ok, type Result } from '@fintrack/sync-core/protocol';
import type { Encoding } from './decode-bytes.ts';
import type { OtherFile } from './file-kind.ts';
import { otherFileOfText } from './file-kind.ts';
import { findHeader, isDataRow } from './find-header.ts';
import { type CsvRecord, type Delimiter, delimiters, parseRecords } from './parse-records.ts';
import { startsLikeSummary } from './row-words.ts';

/** Why a file cannot be read as a table at all. */
export type CsvFileError =
  | { readonly type: 'empty' }
  | { readonly type: 'tooLarge'; readonly sizeBytesMax: number }
  | { readonly type: 'tooManyRows'; readonly rowsMax: number }
  | { readonly type: 'otherFile'; readonly looksLike: OtherFile }
  | { readonly type: 'noTable' }
  | { readonly type: 'noRows' };

/** A row below the heading. */
export type TableRow = CsvRecord & {
  /** It holds a date and an amount, so that columns can be judged by it. */
  readonly booking: boolean;
  /** A total or a remark under the table. */
  readonly summary?: true;
};

export type CsvTable = {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** What stands above the heading: the bank's name, the account, the period. */
  readonly preambleRows: readonly CsvRecord[];
  /** As the file writes it, as many as `width`; all empty in a file without headings. */
  readonly header: readonly string[];
  readonly headerLine: number | undefined;
  readonly width: number;
  /** Cell counts that a complete row may have: programs drop empty cells at the end. */
  readonly widths: ReadonlySet<number>;
  /** Every row that is not blank or a drawn line, broken ones too. */
  readonly rows: readonly TableRow[];
};

/** True when a row's cells are as many as a complete row has. */
export const isWholeRow = (row: TableRow, table: CsvTable): boolean => table.widths.has(row.cells.length);

/** A phone's memory, not the format, sets it: ten years of a busy household are about 30,000 rows. */
export const rowsMax = 200_000;

/** Reads text as a table of bookings. The delimiter is the one that yields most rows with a date and an amount. */
export const readTable = (text: string, encoding: Encoding): Result<CsvTable, CsvFileError> => {
  if (text.trim() === '') return fail({ type: 'empty' });
  const other = otherFileOfText(text);
  if (other) return fail({ type: 'otherFile', looksLike: other });
  const hint = /^sep=([,;|\t])\r?\n/i.exec(text);
  // The hint's line is blanked rather than cut, so that lines keep their numbers.
  const body = hint ? text.replace(/^[^\r\n]*/, '') : text;
  const delimiter = delimiters.find((mark) => mark === hint?.[1]) ?? detectDelimiter(body);
  if (delimiter === undefined) return fail({ type: 'noTable' });
  const records = recordsOf(body, delimiter);
  if (records.length > rowsMax) return fail({ type: 'tooManyRows', rowsMax });
  return tableOf(records, encoding, delimiter);
};

/** Spreadsheets protect text as `="0012"`: the formula is taken off. */
const recordsOf = (text: string, delimiter: Delimiter): CsvRecord[] => {
  const records = parseRecords(withoutSpaceBeforeQuotes(text, delimiter), delimiter);
  if (!text.includes('="')) return records;
  return records.map((record) => ({
    ...record,
    cells: record.cells.map((cell) => /^="(.*)"$/s.exec(cell.trim())?.[1] ?? cell),
  }));
};

/** Some programs write `a, "b, c"`. Only where a line's first quote stands so, lest text be changed. */
const withoutSpaceBeforeQuotes = (text: string, delimiter: Delimiter): string => {
  const mark = delimiter === '|' ? '\\|' : delimiter;
  if (delimiter === '\t' || !new RegExp(`^[^"\\n]*${mark} +"[^"\\n]*"[ \\r]*(${mark}|$)`, 'm').test(text)) return text;
  return text.replace(new RegExp(`(${mark}) +"(?!")`, 'g'), '$1"');
};

const tableOf = (
  records: readonly CsvRecord[],
  encoding: Encoding,
  delimiter: Delimiter,
): Result<CsvTable, CsvFileError> => {
  const found = findHeader(records);
  if (!found) return fail({ type: 'noTable' });
  const below = records
    .slice(found.firstRow)
    .filter(({ cells }) => cells.some((cell) => /[\p{L}\p{N}]/u.test(cell)))
    .map((record): TableRow => ({ ...record, booking: isDataRow(record.cells) }));
  if (below.length === 0) return fail({ type: 'noRows' });
  const headings = found.header === undefined ? [] : (records[found.header]?.cells ?? []);
  const width = tableWidth(headings, below);
  const header = Array.from({ length: width }, (_, index) => (headings[index] ?? '').trim());
  return ok({
    encoding,
    delimiter,
    preambleRows: records.slice(0, found.header ?? found.firstRow),
    header,
    headerLine: found.header === undefined ? undefined : records[found.header]?.line,
    width,
    widths: completeWidths(below, width),
    rows: markSummaries(below, width),
  });
};

const sampleLines = 250;

/** Also looks further down, as a long preamble may fill the first lines. */
const detectDelimiter = (text: string): Delimiter | undefined => {
  const sample = text.split(/\r\n?|\n/, sampleLines).join('\n');
  const scores = delimiters.map((delimiter) => {
    const records = recordsOf(sample, delimiter);
    const rows = records.filter((record) => isDataRow(record.cells)).length;
    const cells = records.reduce((sum, record) => sum + record.cells.length, 0);
    return { delimiter, rows, headed: findHeader(records) !== undefined, cells };
  });
  const best = scores.toSorted(
    (a, b) => b.rows - a.rows || Number(b.headed) - Number(a.headed) || b.cells - a.cells,
  )[0];
  return best && (best.rows > 0 || best.headed) ? best.delimiter : undefined;
};

/** The cell count without empty cells at the end. */
const withoutTrailing = (cells: readonly string[]): number => cells.findLastIndex((cell) => cell.trim() !== '') + 1;

/** Where more than half of the bookings have more cells than headings, a heading is missing. */
const tableWidth = (headings: readonly string[], rows: readonly TableRow[]): number => {
  const named = withoutTrailing(headings);
  const widths = rows.filter((row) => row.booking).map((row) => withoutTrailing(row.cells));
  const wider = widths.filter((width) => width > named);
  if (named === 0) return commonest(widths, 0.3);
  return wider.length > widths.length / 2 ? commonest(wider, 0.5) : named;
};

/** The largest number that makes up at least the given share; 0 when none does. */
const commonest = (numbers: readonly number[], shareMin: number): number => {
  const counts = countEach(numbers);
  return Math.max(
    0,
    ...[...counts].filter(([, count]) => count >= numbers.length * shareMin).map(([number]) => number),
  );
};

const countEach = (numbers: readonly number[]): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return counts;
};

/**
 * A short row is complete when many are as short; one alone is cut off. A long one is complete when most end with the
 * same empty cells; one alone has a delimiter in a text, and all its cells are out of place.
 */
const completeWidths = (rows: readonly TableRow[], width: number): ReadonlySet<number> => {
  const short = countEach(rows.map(({ cells }) => cells.length).filter((count) => count < width));
  const bookings = rows.filter((row) => row.booking);
  const long = countEach(
    bookings
      .filter(({ cells }) => withoutTrailing(cells) <= width && cells.length > width)
      .map(({ cells }) => cells.length),
  );
  const enough = Math.max(3, rows.length * 0.1);
  return new Set([
    width,
    ...[...short].filter(([, times]) => times >= enough).map(([count]) => count),
    ...[...long].filter(([, times]) => times > bookings.length / 2).map(([count]) => count),
  ]);
};

/** Marks totals and remarks: from the first row after the last booking that holds few cells or begins like a total. */
const markSummaries = (rows: readonly TableRow[], width: number): TableRow[] => {
  const last = rows.findLastIndex((row) => row.booking);
  let isBelow = false;
  return rows.map((row, index) => {
    if (index <= last) return row;
    const filled = row.cells.filter((cell) => cell.trim() !== '');
    isBelow ||= filled.length <= Math.min(2, width - 2) || startsLikeSummary(filled[0] ?? '');
    return isBelow ? { ...row, summary: true } : row;
  });
};
