import { describe, expect, it } from 'vitest';
import { readAmountSum } from './amount-sum.ts';

const minorOf = (text: string, currency = 'EUR') => {
  const read = readAmountSum(text, currency);
  return read.ok ? read.value.minor : read.error.type;
};

describe('the amount field', () => {
  it('reads either decimal mark as the same amount', () => {
    expect(minorOf('14,99')).toBe(1499);
    expect(minorOf('14.99')).toBe(1499);
    expect(minorOf('14.99 EUR')).toBe(1499);
  });

  it('asks about 1,499 instead of guessing', () => {
    expect(minorOf('1,499')).toBe('ambiguous');
    expect(minorOf('1,499', 'JPY')).toBe(1499);
  });

  it('takes the mark of the locale where three decimals are the rule', () => {
    expect(minorOf('1.499', 'KWD')).toBe(1499);
    expect(readAmountSum('1.499', 'KWD', ',')).toMatchObject({ value: { minor: 1_499_000 } });
  });

  it('adds and takes away', () => {
    expect(minorOf('12,40+3,50')).toBe(1590);
    expect(minorOf('12.40 + 3.50 - 1')).toBe(1490);
    expect(minorOf('20 \u2212 5,50')).toBe(1450);
    expect(readAmountSum('12.40-3', 'EUR')).toMatchObject({ value: { terms: [1240, -300] } });
  });

  it('keeps a minus in front as a refund', () => {
    expect(minorOf('-14.99')).toBe(-1499);
    expect(minorOf('\u221214.99')).toBe(-1499);
    expect(minorOf('5 \u20ac + 2 \u20ac')).toBe(700);
  });

  it('names what it cannot read', () => {
    expect(minorOf('')).toBe('empty');
    expect(minorOf('12+')).toBe('notANumber');
    expect(minorOf('12 \u2212 ')).toBe('notANumber');
    expect(minorOf('zola')).toBe('notANumber');
    expect(minorOf('0')).toBe('zero');
    expect(minorOf('5-5')).toBe('zero');
    expect(minorOf('12.345')).toBe('ambiguous');
    expect(minorOf('0.125')).toBe('tooManyDecimals');
    expect(minorOf('99999999999999')).toBe('tooLarge');
  });

  it('tells another currency from one that does not exist', () => {
    expect(minorOf('12 USD')).toBe('otherCurrency');
    expect(minorOf('12 ZZZ')).toBe('unknownCurrency');
    expect(minorOf('ZZZ 12')).toBe('unknownCurrency');
  });
});
