import type { Posting } from '../posting.ts';

export type PriceChange = {
  readonly id: string;
  readonly day: number;
  readonly fromMinor: number;
  readonly toMinor: number;
};

export type StreamAmounts = {
  readonly amountKind: 'fixed' | 'variable';
  /** Expected next: the last price, or the median of the last twelve. */
  readonly amountMinor: number;
  /** Within it lie 80% of a variable bill's; equal ends for a fixed one. */
  readonly amountRange: readonly [number, number];
  /** By day; none of a variable bill. */
  readonly priceChanges: readonly PriceChange[];
};

/** Amounts within a hundredth of a price are this price: exchange rates, a fee by the day. */
const isAtPrice = (amount: number, price: number): boolean => Math.abs(amount - price) * 100 <= price;
const historyMax = 12;
/** A price is charged this often on average; a bill whose amount moves oftener is variable. */
const postingsPerPriceMin = 3;

/**
 * What a stream costs. A price holds for the postings within a hundredth of it; one odd posting between two at the same
 * price (a bonus, a doubled charge) changes nothing, but the newest posting at a new price is a change at once, for it
 * may stay. Where there would be more than one price for three postings, the amounts are variable and have none.
 * `postings` is in order, not empty, amounts positive. Cost: linear.
 */
export const amountsOf = (postings: readonly Posting[]): StreamAmounts => {
  const changes: PriceChange[] = [];
  let price = postings[0];
  let odd = 0;
  postings.forEach((posting, at) => {
    if (price === undefined || isAtPrice(posting.amountMinor, price.amountMinor)) return;
    const next = postings[at + 1];
    if (next !== undefined && isAtPrice(next.amountMinor, price.amountMinor)) {
      odd += 1;
      return;
    }
    changes.push({
      id: posting.id,
      day: posting.day,
      fromMinor: postings[at - 1]?.amountMinor ?? price.amountMinor,
      toMinor: posting.amountMinor,
    });
    price = posting;
  });
  const isFixed = (changes.length + odd) * postingsPerPriceMin <= postings.length;
  return isFixed ? fixedAmounts(postings, changes) : variableAmounts(postings);
};

const fixedAmounts = (postings: readonly Posting[], priceChanges: readonly PriceChange[]): StreamAmounts => {
  const since = priceChanges.at(-1)?.day ?? Number.NEGATIVE_INFINITY;
  const price = priceChanges.at(-1)?.toMinor ?? postings[0]?.amountMinor ?? 0;
  const last = postings.findLast((posting) => posting.day >= since && isAtPrice(posting.amountMinor, price));
  const amountMinor = last?.amountMinor ?? price;
  return { amountKind: 'fixed', amountMinor, amountRange: [amountMinor, amountMinor], priceChanges };
};

const variableAmounts = (postings: readonly Posting[]): StreamAmounts => {
  const sorted = postings
    .slice(-historyMax)
    .map((posting) => posting.amountMinor)
    .sort((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  const amountMinor = Math.round(((sorted[Math.floor(half)] ?? 0) + (sorted[Math.ceil(half)] ?? 0)) / 2);
  // Ranks that leave a tenth of the next on each side: (n + 1) / 10, as in split conformal prediction.
  const tail = Math.max(Math.floor((sorted.length + 1) / 10), 1);
  const amountRange = [sorted[tail - 1] ?? amountMinor, sorted[sorted.length - tail] ?? amountMinor] as const;
  return { amountKind: 'variable', amountMinor, amountRange, priceChanges: [] };
};
