import { describe, expect, it } from 'vitest';
import { localeDateOrder } from './locale-habits.ts';

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
});
