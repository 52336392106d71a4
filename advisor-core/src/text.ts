/**
 * Folding of titles to comparable text, the same in every engine. `\p{L}`, `toLowerCase` and `normalize` follow the
 * Unicode version of the engine, so classes of characters are written out here, and the other two are asked only about
 * blocks of characters that have not changed since Unicode 11 (2018). What is not listed is a letter: scripts added to
 * Unicode later keep working, unfolded.
 */

export type CharacterClass = 'letter' | 'digit' | 'separator' | 'symbol' | 'ignored';

/** Latin, Greek, Cyrillic, Armenian: decomposed, so that accents can go, and put in lower case. */
const casedRuns = /[\u00a0-\u058f\u1e00-\u1fff\ufb00-\ufb06]+/g;
/** Half and full width forms, kana and Hangul: composed, so that both ways to type them are one. */
const composedRuns = /[\u1100-\u11ff\u3041-\u30ff\uac00-\ud7a3\uff00-\uffef]+/g;
const variantLetters = /[\u0131\u03c2\u00df\u0142\u00f8\u0111\u00e6\u0153]/g;
/** Letters that do not decompose, and what people type or card feeds print for them. */
const plainLetters = new Map([
  ['\u0131', 'i'],
  ['\u03c2', '\u03c3'],
  ['\u00df', 'ss'],
  ['\u0142', 'l'],
  ['\u00f8', 'o'],
  ['\u0111', 'd'],
  ['\u00e6', 'ae'],
  ['\u0153', 'oe'],
]);
/** Arabic-Indic, Persian, Devanagari and Bengali digits, each block from zero to nine. */
const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef]/g;
const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
};

/** Lower case, without accents, full width forms or other scripts' digits; punctuation and spaces stay. */
export const foldText = (text: string): string => {
  if (isAscii(text)) return text.toLowerCase();
  return text
    .replace(composedRuns, (run) => run.normalize('NFKC'))
    .replace(casedRuns, (run) => run.normalize('NFKD').toLowerCase())
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[A-Z]+/g, (run) => run.toLowerCase())
    .replace(variantLetters, (letter) => plainLetters.get(letter) ?? letter)
    .replace(otherDigits, (digit) => String.fromCharCode(0x30 + digitValue(digit.charCodeAt(0))));
};

/** The Arabic blocks start at a multiple of 16, the Indic ones 6 above one. */
const digitValue = (code: number): number => (code < 0x900 ? code : code - 6) & 0xf;

/** First and last UTF-16 code unit, in order; between them are letters. */
const classRanges: readonly (readonly [number, number, CharacterClass])[] = [
  [0x00, 0x26, 'separator'],
  [0x27, 0x27, 'ignored'],
  [0x28, 0x2f, 'separator'],
  [0x30, 0x39, 'digit'],
  [0x3a, 0x40, 'separator'],
  [0x5b, 0x5f, 'separator'],
  [0x60, 0x60, 'ignored'],
  [0x7b, 0xac, 'separator'],
  [0xad, 0xad, 'ignored'],
  [0xae, 0xb3, 'separator'],
  [0xb4, 0xb4, 'ignored'],
  [0xb6, 0xb9, 'separator'],
  [0xbb, 0xbf, 'separator'],
  [0xd7, 0xd7, 'separator'],
  [0xf7, 0xf7, 'separator'],
  [0x2b0, 0x2ff, 'ignored'],
  [0x300, 0x36f, 'ignored'],
  [0x37e, 0x37e, 'separator'],
  [0x387, 0x387, 'separator'],
  [0x55a, 0x55f, 'separator'],
  [0x589, 0x58a, 'separator'],
  [0x591, 0x5bd, 'ignored'],
  [0x5be, 0x5be, 'separator'],
  [0x5bf, 0x5c7, 'ignored'],
  [0x5f3, 0x5f4, 'ignored'],
  [0x600, 0x61f, 'separator'],
  [0x640, 0x640, 'ignored'],
  [0x64b, 0x65f, 'ignored'],
  [0x66a, 0x66d, 'separator'],
  [0x670, 0x670, 'ignored'],
  [0x6d4, 0x6d4, 'separator'],
  [0x964, 0x965, 'separator'],
  [0x2000, 0x200a, 'separator'],
  [0x200b, 0x200f, 'ignored'],
  [0x2010, 0x2017, 'separator'],
  [0x2018, 0x201b, 'ignored'],
  [0x201c, 0x2029, 'separator'],
  [0x202a, 0x202e, 'ignored'],
  [0x202f, 0x205f, 'separator'],
  [0x2060, 0x206f, 'ignored'],
  [0x20a0, 0x20cf, 'separator'],
  [0x20d0, 0x20ff, 'ignored'],
  [0x2100, 0x22ff, 'separator'],
  [0x2300, 0x24ff, 'symbol'],
  [0x2500, 0x25ff, 'separator'],
  [0x2600, 0x27bf, 'symbol'],
  [0x27c0, 0x2aff, 'separator'],
  [0x2b00, 0x2bff, 'symbol'],
  [0x3000, 0x3004, 'separator'],
  [0x3008, 0x3020, 'separator'],
  [0x3030, 0x3030, 'separator'],
  [0x30fb, 0x30fb, 'separator'],
  [0xd83c, 0xd83e, 'symbol'],
  [0xfe00, 0xfe0f, 'ignored'],
  [0xfe10, 0xfe6f, 'separator'],
  [0xfeff, 0xfeff, 'ignored'],
  [0xff00, 0xff0f, 'separator'],
  [0xfff0, 0xfffd, 'separator'],
];

/** Of one UTF-16 code unit. The second half of a surrogate pair belongs to the class of the first. */
export const classOf = (code: number): CharacterClass => asciiClasses[code] ?? searchClass(code);

const searchClass = (code: number): CharacterClass => {
  let low = 0;
  let high = classRanges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = classRanges[middle];
    if (range === undefined) break;
    if (code < range[0]) high = middle - 1;
    else if (code > range[1]) low = middle + 1;
    else return range[2];
  }
  return 'letter';
};

const asciiClasses: readonly CharacterClass[] = Array.from({ length: 0x80 }, (_, code) => searchClass(code));

/** A word of folded text: letters and digits, or one run of symbols such as emoji. */
export type Word = { readonly text: string; readonly digits: number; readonly isSymbol: boolean };

/** The words of folded text, in order. Cost: one pass. */
export const splitWords = (folded: string): readonly Word[] => {
  const words: Word[] = [];
  let text = '';
  let digits = 0;
  let isSymbol = false;
  const end = (): void => {
    if (text !== '') words.push({ text, digits, isSymbol });
    text = '';
    digits = 0;
  };
  for (let i = 0; i < folded.length; i++) {
    const code = folded.charCodeAt(i);
    const found: CharacterClass = isLowSurrogate(code) && isSymbol ? 'symbol' : classOf(code);
    if (found === 'ignored') continue;
    if (found === 'separator' || (found === 'symbol') !== isSymbol) end();
    if (found === 'separator') continue;
    isSymbol = found === 'symbol';
    if (found === 'digit') digits += 1;
    text += folded[i];
  }
  end();
  return words;
};

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** The words of any text, folded; symbols count as words. */
export const wordsOf = (text: string): readonly string[] => splitWords(foldText(text)).map((word) => word.text);
