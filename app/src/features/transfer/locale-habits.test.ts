import { describe, expect, it } from 'vitest';
import { localeDateOrder, localeDecimalMark } from './locale-habits.ts';

describe('a locale', () => {
  it('says in which order it writes dates', () => {
    expect(['en-US', 'en-GB', 'de-DE', 'sv-SE', 'ja-JP'].map(localeDateOrder)).toEqual([
      'mdy',
      'dmy',
      'dmy',
      'ymd',
      'ymd',
    ]);
  });

  it('says which mark stands before decimals', () => {
    expect(['en-US', 'de-DE', 'de-CH'].map(localeDecimalMark)).toEqual(['.', ',', '.']);
  });
});
