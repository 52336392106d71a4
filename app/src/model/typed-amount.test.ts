import { describe, expect, it } from 'vitest';
import { decimalMarkOf, readTypedAmount } from './typed-amount.ts';

describe('an amount as typed', () => {
  it('follows the mark of the locale where the currency has three decimals', () => {
    expect(['en-US', 'de-DE', 'de-CH'].map(decimalMarkOf)).toEqual(['.', ',', '.']);
    expect(readTypedAmount('1,499', 'KWD', ',')).toMatchObject({ value: 1499 });
    expect(readTypedAmount('1,499', 'KWD', '.')).toMatchObject({ value: 1_499_000 });
  });

  it('is never guessed elsewhere', () => {
    expect(readTypedAmount('1,499', 'EUR', ',')).toMatchObject({ ok: false, error: { type: 'ambiguous' } });
  });
});
