import { decayWeights } from '../fixed-math.ts';
import { roundMinor, stepQuantileOf, weightedSample } from '../weighted-quantile.ts';
import { levelStart, trendScore } from './trend-rank.ts';

export type BudgetSuggestion = {
  /** Minor units, above zero. */
  readonly amountMinor: number;
  /** Of the months used, those that stayed within the amount: 0 to 1. */
  readonly keptShare: number;
  /** Complete months that were counted: those since the last level change. */
  readonly monthsUsed: number;
};

/**
 * A monthly budget that four months of five would have kept: the weighted 80th percentile of a category's month totals
 * (oldest first, complete months, net of refunds, in minor units). It is always an amount that a month really came to,
 * so that a one-off giant does not pull it. A month counts half as much as one three years younger, or as one eight
 * months younger where the last two years rise or fall (Mann-Kendall). Months before the last level change (Pettitt, at
 * 1 in 20: a budget is for months to come, and is late if it waits to be sure) do not count.
 *
 * Null below three months, where fewer than three of the last six spent anything, or where the amount would not be
 * above zero. The group is one category. Cost: n log n of the last 96 months.
 */
export const suggestBudget = (monthTotals: readonly number[]): BudgetSuggestion | null => {
  if (monthTotals.slice(-6).filter((total) => total > 0).length < 3) return null;
  const recent = monthTotals.slice(-monthsMax);
  const used = recent.slice(levelStart(recent, 20));
  const halfLifeMonths = Math.abs(trendScore(used, 24)) > 2 ? 8 : 36;
  const ages = decayWeights(used.length, halfLifeMonths).toReversed();
  const amountMinor = roundMinor(stepQuantileOf(weightedSample(used, ages), 0.8));
  if (amountMinor <= 0) return null;
  const keptCount = used.filter((total) => total <= amountMinor).length;
  return { amountMinor, keptShare: keptCount / used.length, monthsUsed: used.length };
};

const monthsMax = 96;
