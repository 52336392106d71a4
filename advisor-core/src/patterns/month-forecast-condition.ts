import { daysSinceSpending, type SplitMonth } from './month-forecast-split.ts';
import { kendallScore } from './trend-rank.ts';

/**
 * Weights of past months that count more the more they were like this one by the same day: kernel regression in one
 * feature (Nadaraya-Watson), and only where the feature has shown that it tells what is still to come. Two are asked,
 * and the one that tells more is taken:
 *
 * - what was spent by the day, where more before went with less after: a lump (rent, a pass) that is paid or not;
 * - the days since the last spending: what comes at intervals of its own, whatever the calendar.
 *
 * To tell means a rank correlation (Kendall) beyond 3 standard deviations over at most the last 36 months, so that
 * most series keep the weights they came with. Cost: bounded, the square of 36, and n log n of the months.
 */
export const conditionWeights = (
  history: readonly SplitMonth[],
  current: SplitMonth,
  weights: readonly number[],
  asOfDay: number,
): readonly number[] => {
  const rests = history.map((month) => month.afterMinor);
  const everyMonth = [...history, current];
  const spent = everyMonth.map((month) => month.beforeMinor);
  const gaps = daysSinceSpending(everyMonth, asOfDay);
  const spentScore = Math.max(0, -scoreOf(spent, rests));
  const gapScore = Math.abs(scoreOf(gaps, rests));
  if (Math.max(spentScore, gapScore) <= scoreMin) return weights;
  const likeness = likenessToLast(spentScore >= gapScore ? spent : gaps);
  return weights.map((weight, index) => weight * (likeness[index] ?? 1));
};

const scoreMin = 3;
const monthsTested = 36;

/** How the feature of the past months, without this one, goes with what they still spent. */
const scoreOf = (feature: readonly number[], rests: readonly number[]): number =>
  kendallScore(feature.slice(0, -1).slice(-monthsTested), rests.slice(-monthsTested));

/**
 * For each value but the last, 1 where it is as the last and less the further it is away (Cauchy kernel). The
 * bandwidth is the distance within which three in ten lie; where these are all equal to the last, others hardly count.
 */
const likenessToLast = (feature: readonly number[]): readonly number[] => {
  const last = feature.at(-1) ?? 0;
  const distances = feature.slice(0, -1).map((value) => Math.abs(value - last));
  const bandwidth = distances.toSorted((a, b) => a - b)[Math.floor((distances.length - 1) * 0.3)] ?? 0;
  return distances.map((distance) => {
    if (bandwidth === 0) return distance === 0 ? 1 : 0.02;
    const ratio = distance / bandwidth;
    return 1 / (1 + ratio * ratio);
  });
};
