import Papa from 'papaparse';

/** `line` is where the record begins in the file, from 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[]; readonly brokenQuote?: true };

export type Delimiter = ',' | ';' | '\t' | '|';
export const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/** Lines read at once, and thus the most that one record may fill: a longer quoted cell is a quote never closed. */
const windowLines = 400;

/**
 * Text to records by RFC 4180: quoted cells may hold delimiters, doubled quotes and line breaks. Line breaks come back
 * as `\n`.
 *
 * A quote that is opened and never closed would swallow the rows below it. Such a row is cut at its own line, read
 * without regard to quotes and marked, and reading goes on with the next line.
 */
export const parseRecords = (text: string, delimiter: Delimiter): CsvRecord[] => {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const records: CsvRecord[] = [];
  let from = 0;
  while (from < lines.length) {
    const isLast = from + windowLines >= lines.length;
    const read = readWindow(lines.slice(from, from + windowLines), from, delimiter, isLast);
    for (const record of read.records) records.push(record);
    from = read.next;
    if (!read.broken) continue;
    records.push({ line: from + 1, cells: (lines[from] ?? '').split(delimiter), brokenQuote: true });
    from += 1;
  }
  return records.filter((record) => !isBlank(record.cells));
};

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** Whole records of a window; `next` is the line, from 0, to go on with, `broken` when its quote is never closed. */
type WindowRead = { readonly records: readonly CsvRecord[]; readonly next: number; readonly broken: boolean };

const readWindow = (lines: readonly string[], from: number, delimiter: Delimiter, isLast: boolean): WindowRead => {
  const parsed = Papa.parse<string[]>(lines.join('\n'), { delimiter, newline: '\n' });
  const codes = new Map(parsed.errors.map(({ row, code }) => [row ?? -1, code] as const));
  const records: CsvRecord[] = [];
  let line = from;
  for (const [index, cells] of parsed.data.entries()) {
    const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
    const code = codes.get(index);
    // Cut by the window's end: read it again from its first line, unless it fills the window alone.
    if (code === 'MissingQuotes') return { records, next: line, broken: isLast || line === from };
    if (code === 'InvalidQuotes' && breaks > 0) return { records, next: line, broken: true };
    records.push({ line: line + 1, cells });
    line += breaks + 1;
  }
  return { records, next: from + lines.length, broken: false };
};
