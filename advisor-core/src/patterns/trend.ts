import { medianOf, roundMinor } from '../weighted-quantile.ts';
import { kendallStatistic, levelStart } from './trend-rank.ts';

/** How a category's months have changed, in minor units of one currency. */
export type SpendingChange =
  | {
      readonly type: 'trend';
      /** Above zero where months cost more and more, below where less; halves rounded away from zero. */
      readonly perMonthMinor: number;
      readonly monthsUsed: number;
      /** Each month was compared with the same month of other years only. */
      readonly isSeasonal: boolean;
    }
  | {
      readonly type: 'level';
      /** Medians of the months before and since. */
      readonly beforeMinor: number;
      readonly sinceMinor: number;
      /** Complete months at the new level. */
      readonly monthsSince: number;
    };

/**
 * Whether a category's month totals (complete months without a gap, oldest first, net of refunds) follow a trend or
 * have moved to another level: of two that ranks support (a trend at 1 in 100, a level at 1 in 1000), the one that
 * leaves less unexplained (sum of absolute residuals). Null where they support neither, below 12 months, and where
 * fewer than half of the months spent anything.
 *
 * Trend: Mann-Kendall; with 24 months or more its seasonal form, in which December meets only Decembers (Hirsch, Slack
 * and Smith, 1982), with the slope of Sen (1968), the median of all pairwise slopes. Level: Pettitt's test (see
 * `levelStart`). Ranks alone decide, so a one-off giant is neither. The group is one category. Cost: bounded, the
 * square of 60 months.
 */
export const findSpendingChange = (monthTotals: readonly number[]): SpendingChange | null => {
  const totals = monthTotals.slice(-monthsMax);
  if (totals.length < monthsMin || totals.filter((total) => total !== 0).length * 2 < totals.length) return null;
  const candidates = [findTrend(totals), findLevel(totals)].filter((candidate) => candidate !== null);
  const [first, second] = candidates;
  return (second !== undefined && second.unexplained < (first?.unexplained ?? 0) ? second : first)?.change ?? null;
};

const monthsMax = 60;
const monthsMin = 12;
const seasonalMonthsMin = 24;
/** 1 in 100, both sides. */
const scoreMin = 2.576;

type Candidate = { readonly change: SpendingChange; readonly unexplained: number };

const findTrend = (totals: readonly number[]): Candidate | null => {
  const isSeasonal = totals.length >= seasonalMonthsMin;
  const step = isSeasonal ? 12 : 1;
  if (Math.abs(seasonalScore(totals, step)) <= scoreMin) return null;
  const slope = medianOf(pairwiseSlopes(totals, step));
  const perMonthMinor = roundMinor(slope);
  if (perMonthMinor === 0) return null;
  const start = medianOf(totals.map((total, index) => total - slope * index));
  return {
    change: { type: 'trend', perMonthMinor, monthsUsed: totals.length, isSeasonal },
    unexplained: sumOf(totals.map((total, index) => Math.abs(total - start - slope * index))),
  };
};

const findLevel = (totals: readonly number[]): Candidate | null => {
  const start = levelStart(totals);
  if (start === 0) return null;
  const [before, since] = [totals.slice(0, start), totals.slice(start)];
  const [beforeMinor, sinceMinor] = [medianOf(before), medianOf(since)];
  if (roundMinor(beforeMinor) === roundMinor(sinceMinor)) return null;
  return {
    change: {
      type: 'level',
      beforeMinor: roundMinor(beforeMinor),
      sinceMinor: roundMinor(sinceMinor),
      monthsSince: since.length,
    },
    unexplained:
      sumOf(before.map((total) => Math.abs(total - beforeMinor))) +
      sumOf(since.map((total) => Math.abs(total - sinceMinor))),
  };
};

/** Mann-Kendall over every `step`-th month, added up over the seasons, as a standard score. */
const seasonalScore = (totals: readonly number[], step: number): number => {
  let score = 0;
  let variance = 0;
  for (let season = 0; season < step; season++) {
    const ofSeason = totals.filter((_, index) => index % step === season);
    const statistic = kendallStatistic(
      ofSeason.map((_, index) => index),
      ofSeason,
    );
    score += statistic.score;
    variance += statistic.variance;
  }
  return variance > 0 ? score / Math.sqrt(variance) : 0;
};

/** Change a month, of all pairs of months that are whole multiples of `step` apart. */
const pairwiseSlopes = (totals: readonly number[], step: number): readonly number[] =>
  totals.flatMap((total, index) => {
    const slopes: number[] = [];
    for (let earlier = index - step; earlier >= 0; earlier -= step)
      slopes.push((total - (totals[earlier] ?? 0)) / (index - earlier));
    return slopes;
  });

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
