import { describe, expect, it } from 'vitest';
import { dateStyleMessage, doubtMessage, fileErrorMessage, refusalMessage } from './csv-messages.ts';
import type { RefusalReason } from './refusal.ts';

const reasons: readonly RefusalReason[] = [
  { type: 'wrongCellCount', found: 2, expected: 3 },
  { type: 'brokenQuote' },
  { type: 'summaryLine' },
  { type: 'repeatedHeading' },
  { type: 'noDateColumn' },
  { type: 'noDate' },
  { type: 'unreadableDate', text: 'someday' },
  { type: 'impossibleDate', text: '2024-02-30' },
  { type: 'noAmountColumn' },
  { type: 'noAmount' },
  { type: 'zeroAmount' },
  { type: 'unreadableAmount', text: '12x' },
  { type: 'ambiguousAmount', text: '1,499' },
  { type: 'tooManyDecimals', text: '1.2345', currency: 'USD', digitsMax: 2 },
  { type: 'amountTooLarge', text: '9'.repeat(20) },
  { type: 'bothDebitAndCredit', debit: '1', credit: '2' },
  { type: 'unknownDirection', text: '' },
  { type: 'unknownDirection', text: 'perhaps' },
  { type: 'unknownCurrency', text: 'QQQ' },
  { type: 'neverHappened', text: 'DECLINED' },
  { type: 'tooLong', field: 'description', length: 10_000, lengthMax: 2000 },
];

describe('refusalMessage', () => {
  it.each(reasons)('says in a sentence or two what to do about $type', (reason) => {
    expect(refusalMessage(reason)).toMatch(/^[A-Z“][^\n]{20,180}\.$/);
  });

  it('quotes the cell, shortened, on one line', () => {
    expect(refusalMessage({ type: 'unreadableAmount', text: `a\n${'b'.repeat(500)}` })).toBe(
      `“a ${'b'.repeat(38)}…” is not an amount. Write it like 1234.56.`,
    );
  });
});

describe('other sentences', () => {
  it('name the kind of file and the way out', () => {
    expect(fileErrorMessage({ type: 'otherFile', looksLike: 'spreadsheet' })).toBe(
      'This is a spreadsheet. Open it, save it as CSV, and choose the saved file.',
    );
    expect(fileErrorMessage({ type: 'tooLarge', sizeBytesMax: 32_000_000 })).toContain('32 MB');
  });

  it('say how dates are read and what to check', () => {
    const style = {
      style: '-YYYY',
      example: '01-02-2018',
      count: 1,
      invalid: 0,
      order: 'mdy',
      reason: 'locale',
    } as const;
    expect(dateStyleMessage(style)).toBe(
      'Dates like “01-02-2018”: month, day, year, because that is usual where you are.',
    );
    expect(doubtMessage({ type: 'dateOrder', style: '-YYYY', example: '01-02-2018', order: 'mdy' })).toContain(
      'check a date',
    );
  });
});
