import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AmountTextOptions, parseAmountText } from './amount-text.ts';
import { amountMinorMax, currencyCodes, minorDigits, minorToDecimal } from './money.ts';

/** Minor units, or the error's type. */
const read = (text: string, currency = 'EUR', decimalMark?: '.' | ',') => {
  const options: AmountTextOptions = decimalMark ? { currency, decimalMark } : { currency };
  const result = parseAmountText(text, options);
  return result.ok ? result.value : result.error.type;
};

const everyMark = [undefined, '.', ','] as const;
const anyMark = fc.constantFrom(...everyMark);
const anyMinor = fc.integer({ min: -amountMinorMax, max: amountMinorMax }).map((minor) => minor + 0);

describe('a single mark', () => {
  it.each(everyMark)('before two digits it is the decimal mark, though the locale writes %s', (mark) => {
    expect(read('14,99', 'EUR', mark)).toBe(1499);
    expect(read('14.99', 'EUR', mark)).toBe(1499);
  });

  it('before three digits it groups where the other mark is the decimal one', () => {
    expect(read('1,499', 'EUR', '.')).toBe(149_900);
    expect(read('1.499', 'EUR', ',')).toBe(149_900);
    expect(read('12.345', 'EUR', ',')).toBe(1_234_500);
  });

  it('before three digits it is never guessed', () => {
    expect(read('1,499')).toBe('ambiguous');
    expect(read('1.499')).toBe('ambiguous');
    expect(read('1,499', 'EUR', ',')).toBe('ambiguous');
    expect(read('1.499', 'EUR', '.')).toBe('ambiguous');
    expect(read('12.345', 'EUR', '.')).toBe('ambiguous');
    expect(read('1.000', 'EUR', '.')).toBe('ambiguous');
  });

  it('before three digits it is the decimal mark where the digits before it cannot be a group', () => {
    expect(read('0,500')).toBe(50);
    expect(read('1234.560')).toBe(123_456);
    expect(read('1234.567')).toBe('tooManyDecimals');
  });

  it('may end the number or begin it, as while typing', () => {
    expect(read('12,')).toBe(1200);
    expect(read('12.')).toBe(1200);
    expect(read('.5')).toBe(50);
    expect(read(',05')).toBe(5);
    expect(read('12,5')).toBe(1250);
  });
});

describe('grouping', () => {
  it.each([
    ['1,234.56', 123_456],
    ['1.234,56', 123_456],
    ['1 234,56', 123_456],
    ['1\u00a0234,56', 123_456],
    ['1\u202f234,56', 123_456],
    ["1'234.56", 123_456],
    ['1\u2019234.56', 123_456],
    ['1.234.567,89', 123_456_789],
    ['1,234,567', 123_456_700],
    ['1 234', 123_400],
    ['12,34,567.89', 123_456_789],
    ['12,34,567', 123_456_700],
    ['1,23,45,678', 1_234_567_800],
  ])('%s is read whatever the locale', (text, minor) => {
    for (const mark of everyMark) expect(read(text, 'EUR', mark)).toBe(minor);
  });

  it.each([
    '1,23.45',
    '1.2.3',
    '1,2,3',
    '1234,567.89',
    '1,234 567',
    '1 2',
    '12 34,00',
    '0,123,456',
    '1,234,56',
    '1.23.456',
  ])('%s has no whole groups and is refused', (text) => {
    expect(read(text)).toBe('notANumber');
  });
});

describe('signs', () => {
  it.each([
    ['-3,20', -320],
    ['3.20-', -320],
    ['(3.20)', -320],
    ['( 3.20 )', -320],
    ['\u22125', -500],
    ['\u20135', -500],
    ['- 5', -500],
    ['+7', 700],
    ['7+', 700],
    ['-1.234,56', -123_456],
  ])('%s is read', (text, minor) => {
    expect(read(text)).toBe(minor);
  });

  it('zero has no sign', () => {
    expect(read('-0,00')).toBe(0);
  });

  it('a dash in place of the decimals is no minus', () => {
    expect(read('12.-', 'CHF')).toBe(1200);
    expect(read('CHF 12.--', 'CHF')).toBe(1200);
    expect(read('5,\u2013 €')).toBe(500);
    expect(read('-5,-')).toBe(-500);
  });

  it.each(['-3-', '+-3', '(3', '3)', '()3', '(-3)', '--3', '5-3', '3\u22122'])('%s is refused', (text) => {
    expect(read(text)).toBe('notANumber');
  });
});

describe('the currency', () => {
  it('decides how many decimals there may be', () => {
    expect(read('1.499', 'JPY')).toBe(1499);
    expect(read('1,499', 'JPY')).toBe(1499);
    expect(read('1,499', 'JPY', '.')).toBe(1499);
    expect(read('1.499', 'JPY', '.')).toBe('ambiguous');
    expect(read('14.99', 'JPY')).toBe('tooManyDecimals');
    expect(read('1.499', 'KWD', '.')).toBe(1499);
    expect(read('1,499', 'KWD', '.')).toBe(1_499_000);
    expect(read('1.499', 'KWD')).toBe('ambiguous');
    expect(read('1.5', 'KWD')).toBe(1500);
    expect(read('1,234.567', 'KWD')).toBe(1_234_567);
  });

  it('takes zeros beyond its decimals and nothing else', () => {
    expect(read('12.3400')).toBe(1234);
    expect(read('1499.00', 'JPY')).toBe(1499);
    expect(parseAmountText('12.3401', { currency: 'EUR' })).toEqual({
      ok: false,
      error: { type: 'tooManyDecimals', digitsMax: 2 },
    });
  });

  it.each([
    ['€ 12,40', 'EUR', 1240],
    ['12,40\u00a0€', 'EUR', 1240],
    ['12.40 EUR', 'EUR', 1240],
    ['12.40eur', 'EUR', 1240],
    ['EUR -12.40', 'EUR', -1240],
    ['-€5', 'EUR', -500],
    ['(€5)', 'EUR', -500],
    ['$5', 'USD', 500],
    ['$5', 'MXN', 500],
    ['$12.40 CAD', 'CAD', 1240],
    ['£1,234.50', 'GBP', 123_450],
    ['¥1,499', 'JPY', 1499],
    ['¥12.50', 'CNY', 1250],
    ['₹12,34,567.89', 'INR', 123_456_789],
    ['\u200e\u2212€5.00\u200f', 'EUR', -500],
  ])('%s may be written as %s', (text, currency, minor) => {
    expect(read(text, currency)).toBe(minor);
  });

  it('is not silently exchanged for another', () => {
    const options = { currency: 'EUR' };
    expect(parseAmountText('5 USD', options)).toEqual({ ok: false, error: { type: 'otherCurrency', code: 'USD' } });
    expect(parseAmountText('$5', options)).toEqual({ ok: false, error: { type: 'otherCurrency', code: 'USD' } });
    expect(parseAmountText('¥5', options)).toEqual({ ok: false, error: { type: 'otherCurrency', code: 'JPY' } });
    expect(parseAmountText('€5 USD', options)).toEqual({ ok: false, error: { type: 'otherCurrency', code: 'USD' } });
  });
});

describe('unreadable text', () => {
  it('is told from empty text', () => {
    expect(read('')).toBe('empty');
    expect(read(' \t\u00a0')).toBe('empty');
    expect(parseAmountText('abc', { currency: 'EUR' })).toEqual({
      ok: false,
      error: { type: 'notANumber', text: 'abc' },
    });
  });

  it.each([
    '.',
    ',',
    '-',
    '€',
    'EUR',
    '12abc',
    '5€40',
    '5 EUR 40',
    '1e3',
    '0x10',
    '12\n345',
    '1..2',
    'NaN',
    '١٢',
    '12⁹⁹',
  ])('%j is refused', (text) => {
    expect(read(text)).toBe('notANumber');
  });

  it('of any length is refused at once', () => {
    expect(read('1'.repeat(10_000))).toBe('notANumber');
    expect(read('1 '.repeat(5000))).toBe('notANumber');
  });

  it('is told from an amount beyond the limit', () => {
    expect(read('100000000000.00')).toBe(amountMinorMax);
    expect(read('100000000000.01')).toBe('tooLarge');
    expect(read('9'.repeat(60))).toBe('tooLarge');
  });
});

describe('properties', () => {
  it('every amount of every currency is read back from its plain text', () => {
    fc.assert(
      fc.property(anyMinor, fc.constantFrom(...currencyCodes), (minor, currency) => {
        expect(read(minorToDecimal(minor, currency), currency, '.')).toBe(minor);
        expect(read(minorToDecimal(minor, currency).replace('.', ','), currency, ',')).toBe(minor);
        expect(read(`${currency} ${minorToDecimal(minor, currency)}`, currency, '.')).toBe(minor);
      }),
    );
  });

  it('every amount with two decimals is read back from each way of grouping, whatever the locale', () => {
    const styles = fc.constantFrom(
      ...([
        ['.', ','],
        [',', '.'],
        [' ', ','],
        ["'", '.'],
        ['\u202f', ','],
      ] as const),
    );
    fc.assert(
      fc.property(anyMinor, styles, anyMark, (minor, [separator, decimal], mark) => {
        const [whole = '', decimals = ''] = minorToDecimal(minor, 'EUR').split('.');
        const text = `${whole.replace(/\B(?=(\d{3})+$)/g, separator)}${decimal}${decimals}`;
        expect(read(text, 'EUR', mark)).toBe(minor);
      }),
    );
  });

  it('any text gives a whole number within the limit, or an error', () => {
    const noise = fc.string({
      unit: fc.constantFrom(...Array.from("0123456789.,-+() '€$EURusd\u00a0\u2212")),
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        fc.oneof(noise, fc.string()),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        anyMark,
        (text, currency, mark) => {
          const value = read(text, currency, mark);
          if (typeof value === 'string') return;
          expect(Number.isSafeInteger(value) && Math.abs(value) <= amountMinorMax && !Object.is(value, -0)).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('text that is read without a known mark is read the same with either', () => {
    const noise = fc.string({ unit: fc.constantFrom(...Array.from("0123456789.,' ")), maxLength: 12 });
    fc.assert(
      fc.property(
        noise,
        fc.constantFrom(...currencyCodes),
        fc.constantFrom<'.' | ','>('.', ','),
        (text, currency, mark) => {
          const unknown = read(text, currency);
          if (typeof unknown !== 'number' || minorDigits(currency) === 0) return;
          expect(read(text, currency, mark)).toBe(unknown);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
