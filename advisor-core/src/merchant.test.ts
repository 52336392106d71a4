import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merchantKey } from './merchant.ts';

const expectOneKey = (key: string, titles: readonly string[]) => {
  for (const title of titles) expect([title, merchantKey(title)]).toEqual([title, key]);
};

describe('the key of a merchant', () => {
  it('is the same however its name is written', () => {
    expectOneKey('cafe zoe', ['Café Zoë', 'CAFE ZOE', 'cafe  zoë 12', 'Cafe Zoe.', '☕ Café Zoë']);
    expectOneKey('mcdonalds', ["McDonald's", 'MCDONALD’S', 'mcdonalds']);
    expectOneKey('hm', ['H&M', 'h & m', 'H.M.']);
    expectOneKey('καφεσ', ['ΚΑΦΕΣ', 'καφές']);
    expectOneKey('スタバ', ['スタバ', 'ｽﾀﾊﾞ']);
  });

  it('is the name in a domain, wherever it stands', () => {
    expectOneKey('netflix', [
      'Netflix',
      'Netflix.com',
      'NETFLIX.COM 866-579',
      'www.netflix.com',
      'POS 1234 NETFLIX.COM AMSTERDAM NL',
      'help.netflix.com/bill',
    ]);
    expectOneKey('amazon', ['amazon.co.uk', 'AMAZON.DE Bestellung 4711', 'PAYPAL *AMAZON.COM']);
    expectOneKey('st louis zoo', ['St.Louis Zoo']);
    expectOneKey('half lit milk', ['half lit.milk']);
  });

  it('leaves out what card feeds add', () => {
    expectOneKey('starbucks', [
      'VISA PURCHASE STARBUCKS #1234 SEATTLE WA',
      'POS DEBIT STARBUCKS #77',
      'STARBUCKS 2024-03-12',
      'SQ *STARBUCKS',
      'TST* STARBUCKS 3FA81B9',
      'STARBUCKS 0012345678',
    ]);
    expectOneKey('amzn mktp us', ['AMZN Mktp US*2K3AB', 'AMZN Mktp US*9Z8Y7']);
  });

  it('keeps such words in what a person typed', () => {
    expect(merchantKey('Visa fee')).toBe('visa fee');
    expect(merchantKey('card game')).toBe('card game');
    expect(merchantKey('POS')).toBe('pos');
  });

  it('is empty where nothing names one', () => {
    expectOneKey('', ['', ' ', '2', '12/03/2024', '4711 0815', '- . -', "'"]);
  });

  it('is their own for one letter, emoji and right-to-left titles', () => {
    const titles = ['a', 'b', 'x 3', '🍕', '👨‍👩‍👧', '🇮🇹', 'بقالة', 'קפה', '茶', 'O2', '3M'];
    const keys = titles.map((title) => merchantKey(title));
    expect(new Set(keys).size).toBe(titles.length);
    expect(keys).not.toContain('');
    expect(merchantKey('مقهى ١٢٣')).toBe(merchantKey('مقهى'));
  });

  it('of any title does not depend on case, and is trimmed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (title) => {
        const key = merchantKey(title);
        expect(key).toBe(key.trim());
        expect(key).not.toContain('  ');
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,8}( [a-z]{3,8}){0,2}$/), (title) => {
        expect(merchantKey(title[0]?.toUpperCase() + title.slice(1))).toBe(merchantKey(title));
      }),
    );
  });
});
