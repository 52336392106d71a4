import { lnOf } from '../fixed-math.ts';

/** Most values that the tests below look at, the latest: their cost grows with the square. */
const valuesMax = 36;

/** Concordant less discordant pairs, and the variance that this number would have were the lists unrelated. */
export type KendallStatistic = { readonly score: number; readonly variance: number };

/**
 * Kendall's rank correlation of two equally long lists, with the variance for ties on both sides (Kendall, Rank
 * Correlation Methods, 1970, ch. 4). Cost: the square of the number of values.
 */
export const kendallStatistic = (a: readonly number[], b: readonly number[]): KendallStatistic => {
  let score = 0;
  for (let later = 1; later < a.length; later++)
    for (let earlier = 0; earlier < later; earlier++) score += signOf(a, later, earlier) * signOf(b, later, earlier);
  return { score, variance: scoreVariance(a.length, tieSizes(a), tieSizes(b)) };
};

/**
 * The same as a standard score: how many standard deviations the lists are from unrelated. 0 for fewer than 6 values,
 * or where either list is all ties. Beyond 2.6 is rarer than 1 in 100 by chance, beyond 3 than 1 in 370.
 */
export const kendallScore = (a: readonly number[], b: readonly number[]): number => {
  if (a.length < 6) return 0;
  const { score, variance } = kendallStatistic(a, b);
  return variance > 0 ? score / Math.sqrt(variance) : 0;
};

/** Mann-Kendall: the score of a list against its own order, over its latest values. Positive rises, negative falls. */
export const trendScore = (values: readonly number[], countMax = valuesMax): number => {
  const latest = values.slice(-countMax);
  return kendallScore(
    latest.map((_, index) => index),
    latest,
  );
};

/**
 * Where the latest level of a series begins: the index of the first value after its last level change, 0 where none is
 * supported. Pettitt's rank test (Applied Statistics 28, 1979) over the latest values, with at least four on both
 * sides, repeated on what follows the change. Where there is none it finds one in `oneIn` series. It knows order only: a
 * one-off giant is no change, and a steep steady trend has one in its middle. Cost: bounded, the square of 36.
 */
export const levelStart = (values: readonly number[], oneIn = 1000): number => {
  const windowStart = Math.max(0, values.length - valuesMax);
  let start = windowStart;
  for (;;) {
    const change = mostLikelyChange(values.slice(start), lnOf(2 * oneIn));
    if (change === 0) return start === windowStart ? 0 : start;
    start += change;
  }
};

const segmentMin = 4;

/** The index after the change; 0 where Pettitt's approximate probability, 2 exp(-6 K^2 / (n^3 + n^2)), is too high. */
const mostLikelyChange = (values: readonly number[], exponentMin: number): number => {
  const n = values.length;
  let score = 0;
  let best = 0;
  let change = 0;
  for (let index = 0; index + 1 < n; index++) {
    for (let other = 0; other < n; other++) score += signOf(values, index, other);
    const before = index + 1;
    if (before < segmentMin || n - before < segmentMin || Math.abs(score) <= best) continue;
    best = Math.abs(score);
    change = before;
  }
  return (6 * best * best) / (n * n * n + n * n) > exponentMin ? change : 0;
};

const signOf = (values: readonly number[], index: number, other: number): number => {
  const a = values[index] ?? 0;
  const b = values[other] ?? 0;
  return a > b ? 1 : a < b ? -1 : 0;
};

/** Sizes of the groups of equal values. */
const tieSizes = (values: readonly number[]): readonly number[] => {
  const sizes = new Map<number, number>();
  for (const value of values) sizes.set(value, (sizes.get(value) ?? 0) + 1);
  return [...sizes.values()];
};

const scoreVariance = (n: number, tiesA: readonly number[], tiesB: readonly number[]): number => {
  if (n < 2) return 0;
  const sum = (ties: readonly number[], term: (size: number) => number) =>
    ties.reduce((total, size) => total + term(size), 0);
  const cubic = (t: number) => t * (t - 1) * (2 * t + 5);
  const pairs = (t: number) => t * (t - 1);
  const triples = (t: number) => t * (t - 1) * (t - 2);
  return (
    (cubic(n) - sum(tiesA, cubic) - sum(tiesB, cubic)) / 18 +
    (sum(tiesA, pairs) * sum(tiesB, pairs)) / (2 * pairs(n)) +
    (n === 2 ? 0 : (sum(tiesA, triples) * sum(tiesB, triples)) / (9 * triples(n)))
  );
};
