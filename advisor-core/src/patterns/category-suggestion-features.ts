import { merchantKey } from '../merchant.ts';
import { foldText, splitWords } from '../text.ts';

/** What a category is suggested for: an entry as it is typed or imported. */
export type CategoryQuestion = {
  readonly title: string;
  /** Minor units of any one currency: only its order of magnitude is looked at. */
  readonly amountMinor: number;
  /** What it was paid from, where known. */
  readonly account?: string;
};

/** `word` is the word of the title that the feature came from; empty where it came from no single one. */
export type Feature = { readonly name: string; readonly weight: number; readonly word: string };

/** All that is looked at of a question. */
export type CategoryFeatures = {
  readonly merchant: string;
  readonly words: readonly string[];
  readonly ofWords: readonly Feature[];
  /** Neighbouring words, the first word, the whole title, numbers: for the ranker, which weighs what is rare. */
  readonly ofOrder: readonly Feature[];
  /** Amount by powers of two, in two grids half a step apart, its sign, and the account. */
  readonly ofContext: readonly Feature[];
};

export const categoryFeatures = (question: CategoryQuestion): CategoryFeatures => {
  const title = titleWords(question.title);
  return {
    merchant: merchantKey(question.title),
    words: title.words,
    ofWords: wordFeatures(title.words),
    ofOrder: orderFeatures(title),
    ofContext: contextFeatures(question),
  };
};

type TitleWords = { readonly words: readonly string[]; readonly numbers: readonly string[] };

/** Numbers name shops and references rather than categories: short ones go, longer ones stand apart. */
const titleWords = (title: string): TitleWords => {
  const words: string[] = [];
  const numbers: string[] = [];
  for (const { text, digits } of splitWords(foldText(title))) {
    const isQuantity = digits > 0 && digits < 3 && digits < text.length && text.length <= 5;
    if (digits === 0) words.push(text);
    else if (isQuantity) words.push(text.replace(/\d+/g, ''));
    else if (digits >= 3) numbers.push(text);
  }
  return { words, numbers };
};

const partLengths = [3, 4] as const;
/** Of Chinese, Japanese and Korean, whose words are short and often unspaced. */
const denseLengths = [2, 3] as const;
const isDense = (word: string): boolean => /[\u2e80-\u9fff\uac00-\ud7a3\u{20000}-\u{3ffff}]/u.test(word);

/** Each word once, and its runs of a few letters with its ends marked, by which a cut word is still known. */
const wordFeatures = (words: readonly string[]): readonly Feature[] => {
  const features = new Map<string, Feature>();
  for (const word of words) {
    const own = `w:${word}`;
    if (features.has(own)) continue;
    features.set(own, { name: own, weight: 1, word });
    const marked = `^${word}$`;
    for (const length of isDense(word) ? denseLengths : partLengths)
      for (let start = 0; start + length <= marked.length; start++) {
        const name = `t:${marked.slice(start, start + length)}`;
        if (!features.has(name)) features.set(name, { name, weight: 0.35, word });
      }
  }
  return [...features.values()];
};

const contextFeatures = ({ amountMinor, account }: CategoryQuestion): readonly Feature[] => {
  const { whole, shifted } = powersOfTwo(Math.abs(amountMinor));
  const sign = amountMinor < 0 ? '-' : '';
  const features = [
    { name: `a:${sign}${whole}`, weight: 0.4, word: '' },
    { name: `h:${sign}${shifted}`, weight: 0.4, word: '' },
  ];
  if (account !== undefined) features.push({ name: `p:${account}`, weight: 0.5, word: '' });
  return features;
};

const orderFeatures = ({ words, numbers }: TitleWords): readonly Feature[] => {
  const features: Feature[] = words.slice(1).map((word, index) => {
    return { name: `b:${words[index]} ${word}`, weight: 0.7, word };
  });
  const [first = ''] = words;
  if (words.length > 0) {
    features.push({ name: `1:${first}`, weight: 0.5, word: first });
    features.push({ name: `f:${words.join(' ')}`, weight: 1, word: '' });
  }
  for (const number of new Set(numbers)) features.push({ name: `d:${number}`, weight: 0.7, word: number });
  return features;
};

/** `floor(log2 x)` and `floor(log2 x + 1/2)`, by halving; both -1 below 1. */
const powersOfTwo = (x: number): { readonly whole: number; readonly shifted: number } => {
  if (!(x >= 1)) return { whole: -1, shifted: -1 };
  let whole = 0;
  let mantissa = x;
  for (; mantissa >= 2; whole++) mantissa /= 2;
  return { whole, shifted: mantissa * mantissa >= 2 ? whole + 1 : whole };
};
