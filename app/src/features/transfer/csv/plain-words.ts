/**
 * Text reduced to what headings and marks are compared by: lower case, no accents, single spaces between words, only
 * letters and digits. `ae`, `oe` and `ue` become `a`, `o`, `u`, so that `Währung` and `Waehrung` are one word.
 */
export const plainWords = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/([aou])e/g, '$1');

/** True when `phrase` stands in `words` as whole words; both are plain words. */
export const hasPhrase = (words: string, phrase: string): boolean => ` ${words} `.includes(` ${phrase} `);
