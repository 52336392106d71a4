import Papa from 'papaparse';

/** `line` is where the record begins in the file, from 1. */
export type CsvRecord = { readonly line: number; readonly cells: readonly string[]; readonly brokenQuote?: true };

export type Delimiter = ',' | ';' | '\t' | '|';
export const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];

/** Each recovery reads the rest of the file again. */
const recoveriesMax = 200;

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
  for (let recovery = 0; from < lines.length; recovery += 1) {
    const broken = appendUntilBroken(records, lines, from, delimiter, recovery < recoveriesMax);
    if (broken === undefined) break;
    records.push({ line: broken + 1, cells: (lines[broken] ?? '').split(delimiter), brokenQuote: true });
    from = broken + 1;
  }
  return records.filter((record) => !isBlank(record.cells));
};

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** Appends the records from a line on; answers the line, from 0, of the first with a broken quote over several lines. */
const appendUntilBroken = (
  records: CsvRecord[],
  lines: readonly string[],
  from: number,
  delimiter: Delimiter,
  quotes: boolean,
): number | undefined => {
  const parsed = Papa.parse<string[]>((from === 0 ? lines : lines.slice(from)).join('\n'), {
    delimiter,
    newline: '\n',
    // A quote character that no text holds: every quote is then an ordinary character.
    quoteChar: quotes ? '"' : '\u0000',
  });
  const suspects = new Set(parsed.errors.filter((error) => error.type === 'Quotes').map((error) => error.row));
  let line = from;
  for (const [index, cells] of parsed.data.entries()) {
    const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);
    if (breaks > 0 && suspects.has(index)) return line;
    records.push({ line: line + 1, cells });
    line += breaks + 1;
  }
  return undefined;
};
