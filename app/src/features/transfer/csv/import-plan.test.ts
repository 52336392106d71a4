import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countLikenesses } from './duplicates.ts';
import { fileSizeBytesMax, type ImportOptions, type ImportPlan, planImport, replan } from './import-plan.ts';
import { withSignConvention } from './mapping-options.ts';

const options: ImportOptions = { localeDateOrder: 'dmy', homeCurrency: 'EUR' };
const bytesOf = (file: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./fixtures/${file}`, import.meta.url)));
const plan = (bytes: Uint8Array, changed: Partial<ImportOptions> = {}): ImportPlan => {
  const read = planImport(bytes, { ...options, ...changed });
  if (!read.ok) throw new Error(read.error.type);
  return read.value;
};
/** Minor units by currency, kind and whether it is a transfer. */
const totals = ({ entries }: ImportPlan): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { currency, kind, transfer, amountMinor } of entries) {
    const key = `${currency} ${kind}${transfer ? ' transfer' : ''}`;
    sums[key] = (sums[key] ?? 0) + amountMinor;
  }
  return sums;
};

describe('planImport', () => {
  it.each<[string, number, number, Record<string, number>]>([
    ['us-two-date-styles.csv', 9, 0, { 'EUR expense': 118_110, 'EUR income': 210_000, 'EUR expense transfer': 0 }],
    [
      'household-times-and-transfers.csv',
      8,
      0,
      { 'INR expense': 36_100, 'INR income': 4_250_050, 'INR expense transfer': 1_000_000 },
    ],
    [
      'german-giro-preamble.csv',
      5,
      0,
      { 'EUR expense': 103_745, 'EUR income': 289_000, 'EUR expense transfer': 50_000 },
    ],
    ['german-debit-credit-mark.csv', 3, 2, { 'EUR expense': 87_340, 'EUR income': 199_999 }],
    ['spanish-charge-payment.csv', 4, 2, { 'EUR expense': 128_930, 'EUR income': 231_045 }],
    [
      'french-negative-debit.csv',
      4,
      1,
      { 'EUR expense': 78_420, 'EUR income': 215_033, 'EUR expense transfer': 100_000 },
    ],
    ['uk-paid-out-paid-in.csv', 4, 0, { 'GBP expense': 109_788, 'GBP income': 195_000 }],
    ['card-charges-positive.csv', 8, 0, { 'EUR expense': 127_537, 'EUR expense transfer': -31_020 }],
    ['utf16-tabs.csv', 3, 0, { 'PLN expense': 103_240, 'PLN income': 250_000 }],
    ['pipe-iso-currencies.csv', 5, 2, { 'EUR expense': 0, 'JPY expense': 1500, 'EUR expense transfer': -21_000 }],
    ['headless-with-balance.csv', 5, 0, { 'EUR expense': 19_520, 'EUR income': 90_000 }],
    ['quoted-breaks-and-dollars.csv', 4, 0, { 'USD expense': 120_500, 'USD expense transfer': -50_000 }],
    ['mixed-dates-day-first.csv', 8, 0, { 'EUR expense': 5000, 'EUR income': 5000 }],
    ['spending-list.csv', 4, 0, { 'EUR expense': 274_490, 'EUR income': 300_000 }],
    ['dutch-compact-dates.csv', 3, 0, { 'EUR expense': 105_425, 'EUR income': 230_000 }],
    ['unknown-language.csv', 4, 0, { 'EUR expense': 70_000, 'EUR income': 180_000 }],
    ['indian-withdrawal-deposit.csv', 3, 4, { 'EUR expense': 3_502_000, 'EUR income': 12_500_000 }],
    ['broken-rows.csv', 4, 16, { 'USD expense': 10_000 }],
  ])('reads %s: %i imported, %i refused', (file, imported, refused, sums) => {
    const read = plan(bytesOf(file));
    expect([read.entries.length, read.refused.length]).toEqual([imported, refused]);
    expect(read.table.rows).toHaveLength(imported + refused);
    expect(totals(read)).toEqual(sums);
  });

  it('names one reason for each broken row', () => {
    const reasons = plan(bytesOf('broken-rows.csv')).refused.map(({ line, reason }) => [line, reason.type]);
    expect(reasons).toEqual([
      [3, 'unreadableAmount'],
      [4, 'impossibleDate'],
      [5, 'unreadableDate'],
      [6, 'noDate'],
      [7, 'unknownCurrency'],
      [8, 'noAmount'],
      [9, 'zeroAmount'],
      [10, 'ambiguousAmount'],
      [11, 'amountTooLarge'],
      [12, 'wrongCellCount'],
      [13, 'wrongCellCount'],
      [14, 'brokenQuote'],
      [17, 'repeatedHeading'],
      [18, 'unreadableAmount'],
      [19, 'unreadableAmount'],
      [21, 'tooLong'],
    ]);
  });

  it('reads several styles of dates in one column', () => {
    expect(
      plan(bytesOf('mixed-dates-day-first.csv'), { localeDateOrder: 'mdy' }).entries.map(({ date }) => date),
    ).toEqual([
      '2023-02-01',
      '2023-02-05',
      '2022-09-20',
      '2022-09-20',
      '2022-09-21',
      '2022-09-22',
      '2022-09-23',
      '2022-09-24',
    ]);
  });

  it('keeps the characters of old encodings', () => {
    const payees = plan(bytesOf('german-giro-preamble.csv')).entries.map(({ description }) => description);
    expect(payees).toEqual([
      'Bäckerei Müller',
      'Muster Werke GmbH',
      'Stadtwerke Süd',
      'Erika Beispiel',
      'Schuhhaus Groß',
    ]);
    expect(plan(bytesOf('utf16-tabs.csv')).entries[0]?.description).toBe('Café Łódź');
  });

  it('keeps a note of several lines as one', () => {
    expect(plan(bytesOf('quoted-breaks-and-dollars.csv')).entries[0]).toMatchObject({
      line: 3,
      description: 'Garden "Eden" Center',
      note: 'soil pots and a rake',
    });
  });

  it('marks what the ledger has already, counting repeats', () => {
    const coffee = {
      kind: 'expense',
      date: '2023-02-02',
      amountMinor: 350,
      currency: 'EUR',
      text: 'Coffee Cart',
    } as const;
    const existing = countLikenesses([coffee]);
    expect([...plan(bytesOf('us-two-date-styles.csv'), { existing }).duplicateLines]).toEqual([9]);
  });

  it('refuses what is no CSV by its first bytes, and what is too large, without reading on', () => {
    const read = (bytes: Uint8Array): unknown => {
      const found = planImport(bytes, options);
      return found.ok ? undefined : found.error;
    };
    expect(read(new TextEncoder().encode('%PDF-1.7 ...'))).toEqual({ type: 'otherFile', looksLike: 'pdf' });
    expect(read(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]))).toEqual({ type: 'otherFile', looksLike: 'spreadsheet' });
    expect(read(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13]))).toEqual({ type: 'otherFile', looksLike: 'image' });
    expect(read(new Uint8Array())).toEqual({ type: 'empty' });
    expect(read(new Uint8Array(fileSizeBytesMax + 1))).toEqual({ type: 'tooLarge', sizeBytesMax: fileSizeBytesMax });
  });

  it('never throws on a file cut anywhere', () => {
    const bytes = bytesOf('quoted-breaks-and-dollars.csv');
    for (let length = 0; length < bytes.length; length += 7) planImport(bytes.subarray(0, length), options);
  });
});

describe('replan', () => {
  it('turns spending and income round when the person says so', () => {
    const first = plan(bytesOf('unknown-language.csv'));
    const turned = replan(first.table, withSignConvention(first.mapping, 'positiveIsExpense'), options);
    expect(turned.entries.map(({ amountMinor }) => amountMinor)).toEqual([-390, 180_000, -5510, -64_100]);
    expect(turned.entries).toHaveLength(first.entries.length);
  });
});
