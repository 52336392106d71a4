import { decayWeights } from '../fixed-math.ts';
import { medianOf, roundMinor, smoothedQuantileOf, weightedSample } from '../weighted-quantile.ts';
import { conditionWeights } from './month-forecast-condition.ts';
import { type MonthDays, splitMonth } from './month-forecast-split.ts';
import { levelStart, trendScore } from './trend-rank.ts';

export type { MonthDays } from './month-forecast-split.ts';

/** How a month ends, in minor units. The interval holds the truth about 4 times of 5; both ends may be the same. */
export type Forecast = {
  readonly pointMinor: number;
  readonly lowMinor: number;
  readonly highMinor: number;
  /** Complete months that were counted: those since the last level change. */
  readonly monthsUsed: number;
  /** Enough months, and an interval narrow enough to act on: neither end is further away than half the point. */
  readonly isReliable: boolean;
};

export type MonthForecastInput = {
  /** Complete months without a gap, oldest first; a month without spending is empty. */
  readonly months: readonly MonthDays[];
  /** This month so far. Days after `asOfDay` are not read. */
  readonly spent: MonthDays;
  /** 1 to 31; the end of that day. */
  readonly asOfDay: number;
  /** Whether the months are of all spending in a currency, not of one category. */
  readonly isTotal?: boolean;
};

/**
 * What a month will have come to at its end: what is spent, and what past months still spent after that day, as
 * weighted quantiles (median; 10th and 89th percentile). A month counts half as much as one two years younger, and
 * months before the last level change (Pettitt's rank test) not at all.
 *
 * A category's past months count more the more they were like this one by the same day, where the ledger shows that
 * this matters (see `conditionWeights`): a bill that is paid is not expected again. A total has no such memory. Where
 * it rises or falls (Mann-Kendall), its past months are scaled to the level of now; its point is a mean of the middle
 * quantiles, for a sum of many parts has no lumps; and its interval is widened by one in its effective number of
 * months, as conformal prediction does for finite samples (Lei et al., 2018).
 *
 * Null below six complete months, or where fewer than three of the last six had any entry. The group is one series.
 * Cost: linear in the days with spending of at most 96 months, whatever the number of entries; then bounded.
 */
export const forecastMonth = ({ months, spent, asOfDay, isTotal = false }: MonthForecastInput): Forecast | null => {
  if (!hasEvidence(months)) return null;
  const recent = months.slice(-monthsMax).map((days) => splitMonth(days, asOfDay));
  const start = levelStart(recent.map((month) => month.beforeMinor + month.afterMinor));
  const history = recent.slice(start);
  const current = splitMonth(spent, asOfDay);
  const ages = decayWeights(history.length, halfLifeMonths).toReversed();
  const sample = isTotal
    ? weightedSample(restAtLevel(history), ages)
    : weightedSample(
        history.map((month) => month.afterMinor),
        conditionWeights(history, current, ages, asOfDay),
      );
  const widening = isTotal ? 1 + 1 / sample.effectiveCount : 1;
  const endAt = (level: number, halfBand: number) => {
    const widened = Math.min(1, Math.max(0, 0.5 + (level - 0.5) * widening));
    return roundMinor(current.beforeMinor + smoothedQuantileOf(sample, widened, halfBand));
  };
  const [pointMinor, lowMinor, highMinor] = [endAt(0.5, isTotal ? 0.15 : 0), endAt(0.1, 0.06), endAt(0.89, 0.06)];
  const isNarrow = Math.max(highMinor - pointMinor, pointMinor - lowMinor) * 2 <= Math.abs(pointMinor);
  const isReliable = history.length >= reliableMonthsMin && isNarrow;
  return { pointMinor, lowMinor, highMinor, monthsUsed: history.length, isReliable };
};

/** Eight years: older months weigh less than a sixteenth. */
const monthsMax = 96;
/** Two years: on series that do not change, long memory beats short by 3% of the error; level changes are cut. */
const halfLifeMonths = 24;
const reliableMonthsMin = 6;

const hasEvidence = (months: readonly MonthDays[]): boolean =>
  months.length >= 6 && months.slice(-6).filter((days) => [...days].length > 0).length >= 3;

/** What each month spent after the day, times how the level of now compares to that month's, where there is a trend. */
const restAtLevel = (history: readonly { readonly beforeMinor: number; readonly afterMinor: number }[]) => {
  const rests = history.map((month) => month.afterMinor);
  const totals = history.map((month) => month.beforeMinor + month.afterMinor);
  const levelMonths = 6;
  if (totals.length < levelMonths || Math.abs(trendScore(totals, 24)) <= 2) return rests;
  /** Median of the six months before, of the first six for the months that have not as many. */
  const levelBefore = (index: number) => {
    const end = Math.max(index, levelMonths);
    return medianOf(totals.slice(end - levelMonths, end));
  };
  const now = levelBefore(totals.length);
  return rests.map((rest, index) => {
    const then = levelBefore(index);
    return now > 0 && then > 0 ? rest * Math.min(2, Math.max(0.5, now / then)) : rest;
  });
};
