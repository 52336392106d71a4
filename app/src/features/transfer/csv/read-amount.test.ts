import { describe, expect, it } from 'vitest';
import { chooseCurrency, currenciesOf, looksLikeAmount, readAmount } from './read-amount.ts';

const read = (cell: string, currency = 'USD', decimalMark?: '.' | ','): unknown => {
  const found = readAmount(cell, { currency, home: 'USD', decimalMark });
  return found.ok ? found.value : found.error.type;
};

describe('readAmount', () => {
  it.each([
    ['$1,234.56', 123456, 'USD'],
    ['-$5.00', -500, 'USD'],
    ['$-5.00', -500, 'USD'],
    ['($5.00)', -500, 'USD'],
    ['$(5.00)', -500, 'USD'],
    ['12,40 €', 1240, 'EUR'],
    ['EUR -12.40', -1240, 'EUR'],
    ['-1.234,56 EUR', -123456, 'EUR'],
    ['1.234,56-', -123456, 'USD'],
    ['1\u00a0234,56', 123456, 'USD'],
    ['CHF 1’234.50', 123450, 'CHF'],
    ['₹1,20,000.00', 12_000_000, 'INR'],
    ['Rs. 500', 50_000, 'INR'],
    ['¥1,500', 1500, 'JPY'],
    ['+12', 1200, 'USD'],
    ['100,00 kr', 10_000, 'SEK'],
    ['1 000,00 PLN', 100_000, 'PLN'],
  ])('reads %s', (cell, minor, currency) => {
    expect(read(cell, 'USD')).toEqual({ minor, currency });
  });

  it('reads the side that a mark behind the figure names', () => {
    expect(read('45.10 Dr')).toEqual({ minor: 4510, currency: 'USD', side: 'debit' });
    expect(read('1,000.00 CR')).toEqual({ minor: 100_000, currency: 'USD', side: 'credit' });
    expect(read('12,50 S', 'EUR')).toEqual({ minor: 1250, currency: 'EUR', side: 'debit' });
  });

  it('never guesses between 1499 and 1.499', () => {
    expect(read('1,499')).toBe('ambiguous');
    expect(read('1,499', 'USD', '.')).toEqual({ minor: 149_900, currency: 'USD' });
  });

  it.each(['12.3x', 'NaN', '1e308', 'Infinity', '--', 'abc'])('refuses %s', (cell) => {
    expect(read(cell)).toBe('notANumber');
  });
});

describe('looksLikeAmount', () => {
  it.each(['12.40', '-1.234,56', '$5', '(5.00)', '45', '1,000.00 CR', '.50'])('takes %s for an amount', (cell) => {
    expect(looksLikeAmount(cell)).toBe(true);
  });

  it.each(['20.09.18', '2018-09-20', '0049151234567', '123456789012', 'DE12 3456', 'ref 12', '', '12:40', '50%'])(
    'takes %j for none',
    (cell) => {
      expect(looksLikeAmount(cell)).toBe(false);
    },
  );
});

describe('currencies', () => {
  it('take the person’s own among the dollars, else the commonest', () => {
    expect(chooseCurrency(currenciesOf('$'), 'CAD')).toBe('CAD');
    expect(chooseCurrency(currenciesOf('$'), 'EUR')).toBe('USD');
  });

  it('are codes in any case, and nothing else', () => {
    expect(currenciesOf('eur')).toEqual(['EUR']);
    expect(currenciesOf('XTS')).toEqual([]);
  });
});
