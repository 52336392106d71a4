import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';

const english = createFormat('en-GB');
const german = createFormat('de-DE');

describe('format', () => {
  it('writes amounts with the decimals of their currency', () => {
    expect(english.amount(130_895, 'EUR')).toBe('1,308.95');
    expect(german.amount(130_895, 'EUR')).toBe('1.308,95');
    expect(english.amount(1499, 'JPY')).toBe('1,499');
    expect(english.amount(1499, 'KWD')).toBe('1.499');
  });

  it('writes a true minus', () => {
    expect(english.amount(-1572, 'EUR')).toBe('\u221215.72');
    expect(english.money(-1572, 'EUR')).toBe('\u2212€15.72');
  });

  it('names the currency where nothing may be misread', () => {
    expect(english.coded(1499, 'EUR')).toBe('14.99\u00a0EUR');
  });

  it('splits the one number into sign, whole and decimals', () => {
    expect(english.parts(34_481, 'EUR')).toEqual({ symbol: '€', isSymbolFirst: true, whole: '344', decimals: '.81' });
    expect(german.parts(-134_481, 'EUR')).toEqual({
      symbol: '€',
      isSymbolFirst: false,
      whole: '\u22121.344',
      decimals: ',81',
    });
    expect(english.parts(1499, 'JPY')).toMatchObject({ whole: '1,499', decimals: '' });
  });

  it('names near days and leaves the year of others out where it is this one', () => {
    expect(english.nearDay('2025-11-20', '2025-11-20')).toBe('Today');
    expect(english.nearDay('2025-11-19', '2025-11-20')).toBe('Yesterday');
    expect(english.nearDay('2025-11-18', '2025-11-20')).toBe('Tue 18 Nov');
    expect(english.nearDay('2024-11-18', '2025-11-20')).toContain('2024');
  });

  it('says how long ago to the minute, hour or day', () => {
    const now = 10_000_000_000;
    expect(english.ago(now - 1000, now)).toBe('now');
    expect(english.ago(now - 120_000, now)).toMatch(/^2 min/);
    expect(english.ago(now + 5000, now)).toBe('now');
  });

  it('falls back where a profile names no locale at all', () => {
    expect(createFormat('not a locale!').amount(100, 'EUR')).toBe('1.00');
  });
});
