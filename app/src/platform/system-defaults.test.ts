import { describe, expect, it } from 'vitest';
import { systemDefaults } from './system-defaults.ts';

describe('the defaults of a new ledger', () => {
  it('follow the language and its region', () => {
    expect(systemDefaults('de-DE')).toEqual({ locale: 'de-DE', currency: 'EUR' });
    expect(systemDefaults('en-US')).toEqual({ locale: 'en-US', currency: 'USD' });
    expect(systemDefaults('de-CH')).toEqual({ locale: 'de-CH', currency: 'CHF' });
  });

  it('guess the region of a language that names none', () => {
    expect(systemDefaults('ja').currency).toBe('JPY');
    expect(systemDefaults('fr').currency).toBe('EUR');
  });

  it('stand in for a language that is no language tag', () => {
    expect(systemDefaults('C.UTF-8')).toEqual({ locale: 'en', currency: 'USD' });
    expect(systemDefaults('').locale).toBe('en');
  });
});
