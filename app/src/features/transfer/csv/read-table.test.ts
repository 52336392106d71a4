import { describe, expect, it } from 'vitest';
import { type CsvTable, readTable } from './read-table.ts';

const table = (text: string): CsvTable => {
  const read = readTable(text, 'utf-8');
  if (!read.ok) throw new Error(read.error.type);
  return read.value;
};
const error = (text: string): unknown => {
  const read = readTable(text, 'utf-8');
  return read.ok ? undefined : read.error;
};

describe('readTable', () => {
  it.each([',', ';', '\t', '|'] as const)('finds the delimiter %j though others stand in the cells', (delimiter) => {
    const rows = [
      ['Date', 'Payee', 'Amount'],
      ['01.02.2024', '"a, b; c | d\te"', '"-1.234,50"'],
      ['02.02.2024', 'plain', '"3,50"'],
    ];
    expect(table(rows.map((row) => row.join(delimiter)).join('\n'))).toMatchObject({ delimiter, width: 3 });
  });

  it('takes the delimiter that a first line declares and keeps the line numbers', () => {
    const read = table('sep=;\r\nDate;Amount\r\n2024-01-01;5,00\r\n');
    expect(read).toMatchObject({ delimiter: ';', headerLine: 2, rows: [{ line: 3 }] });
  });

  it('skips lines above the heading, those with dates and amounts too', () => {
    const read = table(
      'My bank\nPeriod;01.01.2024;31.01.2024\nBalance;01.01.2024;5,00\n\nDatum;Text;Betrag\n02.01.2024;a;1,00',
    );
    expect(read.preambleRows).toHaveLength(3);
    expect(read.header).toEqual(['Datum', 'Text', 'Betrag']);
    expect(read.rows.map(({ line }) => line)).toEqual([6]);
  });

  it('takes words above the first booking for headings in a language it does not know', () => {
    expect(table('Pvm;Selite;Määrä\n1.2.2024;kahvi;-3,50').header).toEqual(['Pvm', 'Selite', 'Määrä']);
  });

  it('reads a file without headings', () => {
    const read = table('2024-01-01,Shop,-5.00\n2024-01-02,Shop,-6.00');
    expect(read.headerLine).toBeUndefined();
    expect(read.rows).toHaveLength(2);
  });

  it('marks totals and remarks below the last booking, not a broken last booking', () => {
    const rows = table(
      'Date,Payee,Note,Amount\n2024-01-01,a,,1.00\n2024-13-45,b,,2.00\nTotal,,,3.00\nSome remark',
    ).rows;
    expect(rows.map(({ summary }) => summary ?? false)).toEqual([false, false, true, true]);
  });

  it('leaves out lines that are only drawn', () => {
    expect(table('Date,Payee,Amount\n----,-----,----\n2024-01-01,a,1.00').rows).toHaveLength(1);
  });

  it('accepts rows without the empty cells at their end when many are so', () => {
    const rows = Array.from({ length: 6 }, (_, index) => `2024-01-0${index + 1},a,${index},`);
    const short = Array.from({ length: 6 }, (_, index) => `2024-02-0${index + 1},a,${index}`);
    expect([...table(['Date,Payee,Debit,Credit', ...rows, ...short].join('\n')).widths]).toEqual([4, 3]);
    expect([...table(['Date,Payee,Debit,Credit', ...rows, '2024-02-01,a'].join('\n')).widths]).toEqual([4]);
  });

  it('reads quotes after a space behind the delimiter', () => {
    expect(table('Date, Payee, Amount\n2024-01-01, "Shop, two", -6.00').rows[0]?.cells).toEqual([
      '2024-01-01',
      'Shop, two',
      ' -6.00',
    ]);
  });

  it('takes off the formula that protects a text', () => {
    expect(table('Date,Payee,Amount\n2024-01-01,="0012",5').rows[0]?.cells[1]).toBe('0012');
  });

  it.each([
    ['', { type: 'empty' }],
    [' \n\n', { type: 'empty' }],
    ['{"date":"2024-01-01","amount":5}', { type: 'otherFile', looksLike: 'json' }],
    ['[{"date":"2024-01-01"}]', { type: 'otherFile', looksLike: 'json' }],
    ['<!DOCTYPE html><html><body>Sign in</body></html>', { type: 'otherFile', looksLike: 'html' }],
    ['<?xml version="1.0"?><Document/>', { type: 'otherFile', looksLike: 'xml' }],
    ['OFXHEADER:100\nDATA:OFXSGML', { type: 'otherFile', looksLike: 'ofx' }],
    ['!Type:Bank\nD01/02/2024\nT-5.00\n^', { type: 'otherFile', looksLike: 'qif' }],
    ['\u0000\u0001\u0002\u0003binary\u0000\u0000', { type: 'otherFile', looksLike: 'unknown binary' }],
    ['Dear customer,\nplease find nothing here.\n', { type: 'noTable' }],
    ['name,colour\napple,red\npear,green\n', { type: 'noTable' }],
    ['Date,Payee,Amount\n', { type: 'noRows' }],
  ])('says what is wrong with %j', (text, expected) => {
    expect(error(text)).toEqual(expected);
  });
});
