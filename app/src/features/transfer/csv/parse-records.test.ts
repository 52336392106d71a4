import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delimiters, isBlank, parseRecords } from './parse-records.ts';

const cells = (text: string, delimiter: ',' | ';' = ','): (readonly string[])[] =>
  parseRecords(text, delimiter).map((record) => record.cells);

describe('parseRecords', () => {
  it('reads back any table written with any delimiter, quoting and line ending', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '€', '0', ',', ';', '\t', '|', '"', '\n', ' ', '.') });
    const row = fc.array(cell, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 12 }),
        fc.constantFrom(...delimiters),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        (table, delimiter, lineEnd, quoteAll) => {
          const needsQuotes = (text: string): boolean => quoteAll || /["\n\r]/.test(text) || text.includes(delimiter);
          const write = (text: string): string => (needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text);
          const text = table.map((line) => line.map(write).join(delimiter)).join(lineEnd);
          const read = parseRecords(text, delimiter).map((record) => [...record.cells]);
          expect(read).toEqual(table.filter((line) => !isBlank(line)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('numbers records by the line they begin in, blank and quoted lines counted', () => {
    const records = parseRecords('a,b\n\n1,"x\ny\nz"\r\n2,w', ',');
    expect(records.map(({ line }) => line)).toEqual([1, 3, 6]);
  });

  it('keeps quotes inside unquoted cells', () => {
    expect(cells('1,5" pipe\n2,"say ""hi"""')).toEqual([
      ['1', '5" pipe'],
      ['2', 'say "hi"'],
    ]);
  });

  it('loses only the row whose quote is never closed', () => {
    const records = parseRecords('1,"open,5\n2,"closed",6\n3,plain,7', ',');
    expect(records).toEqual([
      { line: 1, cells: ['1', '"open', '5'], brokenQuote: true },
      { line: 2, cells: ['2', 'closed', '6'] },
      { line: 3, cells: ['3', 'plain', '7'] },
    ]);
  });

  it('marks an open quote in the last line too', () => {
    expect(parseRecords('1,a\n2,"b', ',')[1]).toEqual({ line: 2, cells: ['2', '"b'], brokenQuote: true });
  });

  it('reads quoted cells across the border of two windows, in long files', () => {
    const rows = Array.from({ length: 900 }, (_, index) => `${index},"first\nsecond\nthird"`);
    const records = parseRecords(rows.join('\n'), ',');
    expect(records).toHaveLength(900);
    expect(records.at(-1)).toEqual({ line: 2698, cells: ['899', 'first\nsecond\nthird'] });
    expect(records.some(({ brokenQuote }) => brokenQuote)).toBe(false);
  });

  it('recovers from a broken quote in every row', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? `${index},"open` : `${index},fine`));
    const records = parseRecords(rows.join('\n'), ',');
    expect(records).toHaveLength(1000);
    expect(records.filter(({ brokenQuote }) => brokenQuote)).toHaveLength(500);
  });
});
