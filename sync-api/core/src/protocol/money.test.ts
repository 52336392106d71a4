import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountMinorMax, currencyCodes, isCurrency, minorDigits, minorToDecimal } from './money.ts';

describe('currencies', () => {
  it('[F8] are three capital letters, each listed once, in order', () => {
    expect(currencyCodes.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
    expect(currencyCodes).toEqual([...new Set(currencyCodes)].sort());
  });

  it('[F8] are recognised by their exact code only', () => {
    expect(isCurrency('EUR')).toBe(true);
    for (const code of ['', 'eur', 'EURO', 'XXX', 'DEM', 'BTC', 'toString']) expect(isCurrency(code)).toBe(false);
  });

  it('[F8] have the decimals of ISO 4217', () => {
    const withDigits = (digits: number) => currencyCodes.filter((code) => minorDigits(code) === digits).join(' ');
    expect(withDigits(0)).toBe('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF');
    expect(withDigits(3)).toBe('BHD IQD JOD KWD LYD OMR TND');
    expect(withDigits(4)).toBe('CLF');
    expect(withDigits(2).split(' ')).toHaveLength(currencyCodes.length - 16 - 7 - 1);
  });
});

describe('plain decimal text', () => {
  it('has exactly the decimals of the currency', () => {
    expect(minorToDecimal(-1240, 'EUR')).toBe('-12.40');
    expect(minorToDecimal(5, 'EUR')).toBe('0.05');
    expect(minorToDecimal(-5, 'EUR')).toBe('-0.05');
    expect(minorToDecimal(0, 'EUR')).toBe('0.00');
    expect(minorToDecimal(1499, 'JPY')).toBe('1499');
    expect(minorToDecimal(-7, 'KWD')).toBe('-0.007');
    expect(minorToDecimal(amountMinorMax, 'EUR')).toBe('100000000000.00');
  });

  it('keeps every digit and the sign of every amount', () => {
    const anyMinor = fc.integer({ min: -amountMinorMax, max: amountMinorMax });
    fc.assert(
      fc.property(anyMinor, fc.constantFrom(...currencyCodes), (minor, currency) => {
        const text = minorToDecimal(minor, currency);
        expect(Number(text.replace('.', ''))).toBe(minor + 0);
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
        expect((text.split('.')[1] ?? '').length).toBe(minorDigits(currency));
      }),
    );
  });

  it('nine hundred amounts at the limit still add up to a safe integer', () => {
    expect(Number.isSafeInteger(amountMinorMax * 900)).toBe(true);
  });
});
