/**
 * Key of the merchant that a title names: case folded, digits and punctuation out, words by single spaces. Empty where
 * nothing is left. Titles of one merchant that differ in a reference number or in punctuation have one key.
 */
export const merchantKey = (title: string): string =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[0-9]+/g, ' ')
    .replace(/[\u0020-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f]+/g, ' ')
    .trim();
