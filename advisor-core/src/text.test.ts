import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText, splitWords, wordsOf } from './text.ts';

describe('folded text', () => {
  it('has neither case nor accents, in every cased script', () => {
    const vectors: readonly (readonly [string, string])[] = [
      ['CAFÉ Zoë', 'cafe zoe'],
      ['Straße STRASSE', 'strasse strasse'],
      ['Łódź Øl Đặng Æ œ', 'lodz ol dang ae oe'],
      ['İSTANBUL ısparta ISPARTA', 'istanbul isparta isparta'],
      ['ΚΑΦΕΣ καφές', 'καφεσ καφεσ'],
      ['Ёлка ЁЛКА', 'елка елка'],
      ['Ａmazon ９', 'amazon 9'],
      ['oﬃce', 'office'],
    ];
    for (const [text, folded] of vectors) expect(foldText(text)).toBe(folded);
  });

  it('is one for both ways to type a character', () => {
    for (const text of ['é', 'が', '스타벅스', 'Ünïcödé']) {
      expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')));
    }
    expect(foldText('ｶﾌｪ')).toBe('カフェ');
  });

  it('writes the digits of every script alike', () => {
    for (const digits of ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹', '०१२३४५६७८९', '০১২৩৪৫৬৭৮৯', '０１２３４５６７８９'])
      expect(foldText(digits)).toBe('0123456789');
  });

  it('of folded text is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});

describe('words', () => {
  it('end at punctuation of every script, never at an apostrophe', () => {
    expect(wordsOf("McDonald’s, Mike's; ¿qué? خبز، حليب। चाय। 東京・京都。x")).toEqual([
      'mcdonalds',
      'mikes',
      'que',
      'خبز',
      'حليب',
      'चाय',
      '東京',
      '京都',
      'x',
    ]);
  });

  it('hold no marks of direction, vowels or joining', () => {
    expect(wordsOf('\u200fشُكْرًا\u200e מָלוֹן a\u200db')).toEqual(['شكرا', 'מלון', 'ab']);
  });

  it('count their digits', () => {
    expect(splitWords('ref 4711ab')).toEqual([
      { text: 'ref', digits: 0, isSymbol: false },
      { text: '4711ab', digits: 4, isSymbol: false },
    ]);
  });

  it('stand apart from emoji, of which a run is one word', () => {
    expect(splitWords('pizza🍕🍕☕ x').map((word) => [word.text, word.isSymbol])).toEqual([
      ['pizza', false],
      ['🍕🍕☕', true],
      ['x', false],
    ]);
  });

  it('can be had of any text, and hold no separator', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const word of wordsOf(text)) expect(word).toMatch(/^[^\s!-&(-/:-@]+$/);
      }),
    );
  });
});
