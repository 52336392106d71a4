import { foldText, splitWords, type Word } from './text.ts';

/**
 * The part of a title that stays the same from one payment to a merchant to the next: folded words without numbers,
 * references, dates and what card feeds put around a name. Equal keys are one merchant; an empty key names none.
 *
 * By structure first: a domain names its merchant, a `#` starts a store number, what stands before a `*` processed the
 * payment. A few prefixes of card feeds go too, where the title looks like a feed's; nothing depends on them.
 * Deterministic across engines as far as `text.ts` says.
 */
export const merchantKey = (title: string): string => {
  const folded = foldText(title);
  const domain = domainName(folded);
  if (domain !== undefined) return domain;
  const all = splitWords(namedPart(folded));
  const words = looksLikeFeed(title) ? withoutFeedWords(all) : all;
  const named = words.filter((word) => !word.isSymbol).map(withoutDigits);
  const key = joinInitials(named.filter((text) => text !== ''));
  return key !== '' ? key : words.flatMap((word) => (word.isSymbol ? [word.text] : [])).join(' ');
};

/** `netflix.com`, `www.amazon.co.uk`, `help.uber.com`, `apple.com/bill`: the label before the ending. */
const domainPattern =
  /(?:^|[\s*/@(])(?:[a-z0-9-]+\.)*?([a-z0-9-]{3,})(?:\.co|\.com)?\.(?:com|net|org|[a-z]{2})(?![a-z0-9.'-])/;

const domainName = (folded: string): string | undefined => {
  if (!folded.includes('.')) return undefined;
  const label = domainPattern.exec(folded)?.[1]?.replaceAll('-', ' ').trim();
  return label !== undefined && /[a-z]{3}/.test(label) ? label : undefined;
};

/** What is left of a store number, and right of a processor's star unless only a reference follows it. */
const namedPart = (folded: string): string => {
  const store = folded.search(/#\s?\d/);
  const kept = store > 0 && /[^\s\d*]{3}/.test(folded.slice(0, store)) ? folded.slice(0, store) : folded;
  const star = kept.indexOf('*');
  if (star < 0) return kept;
  const after = kept.slice(star + 1);
  const namesSomething = splitWords(after).some((word) => word.digits === 0 && word.text.length >= 3);
  return namesSomething ? after : kept.slice(0, star);
};

/** Machines print capitals and long numbers; people type neither. */
const looksLikeFeed = (title: string): boolean => !/[a-z]/.test(title) || /\d{4}/.test(title);

const feedPrefixes = new Set(
  'pos visa mastercard maestro amex debit credit card checkcard purchase ach sepa eft recurring contactless'.split(' '),
);

/** Without prefixes and the country or state at the end, as long as a word of three letters is left. */
const withoutFeedWords = (words: readonly Word[]): readonly Word[] => {
  const isPrefix = (word: Word): boolean => feedPrefixes.has(word.text) || isNumber(word);
  const start = words.findIndex((word) => !isPrefix(word));
  const last = words.at(-1);
  const endsInCode = words.length - start >= 3 && last !== undefined && /^[a-z]{2}$/.test(last.text);
  const rest = words.slice(Math.max(0, start), endsInCode ? -1 : undefined);
  return rest.some((word) => word.digits === 0 && word.text.length >= 3) ? rest : words;
};

const isNumber = (word: Word): boolean => word.digits === word.text.length;

/** Long mixtures of letters and digits are references; short ones are quantities, or names such as `o2` in front. */
const withoutDigits = (word: Word, index: number): string => {
  if (word.digits === 0) return word.text;
  const letters = word.text.length - word.digits;
  if (letters === 0 || word.digits >= 3) return '';
  if (index === 0 && letters === 1 && word.text.length === 2) return word.text;
  return letters >= 2 ? word.text.replace(/\d+/g, '') : '';
};

/** `h & m` and `a t t` are one word. */
const joinInitials = (words: readonly string[]): string => {
  let key = '';
  let previous = '';
  for (const word of words) {
    const joins = key === '' || (isInitial(word) && isInitial(previous));
    key += joins ? word : ` ${word}`;
    previous = word;
  }
  return key;
};

const isInitial = (word: string): boolean => word.length === 1 && word >= 'a' && word <= 'z';
