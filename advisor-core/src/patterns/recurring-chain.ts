import { lnOf } from '../fixed-math.ts';
import type { Posting } from '../posting.ts';
import {
  addMonthsTo,
  type CadenceRule,
  cadenceRules,
  type MonthDay,
  monthDayOf,
  startOfMonth,
} from './recurring-cadence.ts';

/** Postings of a pool that follow one another at one cadence, with at most one period missed between two. */
export type Chain = {
  readonly rule: CadenceRule;
  readonly postings: readonly Posting[];
  /** Periods from the first to the last posting, and one. */
  readonly periods: number;
  /** How much better the cadence explains the days than chance does, in nats (see `bestChain`). */
  readonly evidence: number;
};

/** Cauchy scale of the deviation from the due day, in days, and what each day of deviation costs in nats. */
const jitterDays = 1.5;
const deviationCosts: readonly number[] = Array.from({ length: 21 }, (_, deviation) =>
  lnOf(1 + (deviation / jitterDays) * (deviation / jitterDays)),
);
/** The density of a deviation of 0 days: 1 / (pi * scale). */
const peakDensity = 0.2122;
/** A period without a posting: -ln of a chance of one in seven. */
const missCost = 1.9;
const equalAmountGain = 0.5;
const unlikeAmountCost = 0.5;
/** Looked at on each side of a due day; more lie there only where many postings share a day. */
const candidatesMax = 12;

/**
 * The chain of the pool with the most evidence, over all cadences; undefined where none has two postings.
 *
 * Method: for each cadence the path of greatest weight through the postings (dynamic programming over the one or two
 * periods before each), where a step weighs ln(f(deviation) / rate): the density of a bill's deviation from its due day
 * (Cauchy: weekends, holidays, but also the rare late one) against postings that fall at random at the pool's own rate
 * (Poisson). Due days are calendar days: the 31st is due on the 30th or 28th, a last day also on the next last day.
 * `pool` is in order. Cost: at most 2 * 12 steps for each posting and cadence; cadences too slow to hold
 * `shareMin` of the postings are left out.
 */
export const bestChain = (pool: readonly Posting[], shareMin: number): Chain | undefined => {
  const first = pool[0];
  const last = pool.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const span = last.day - first.day;
  const days = pool.map((posting) => monthDayOf(posting.day));
  const fitting = cadenceRules.filter(
    (rule) =>
      span + rule.toleranceDays >= rule.periodDays && pool.length * shareMin <= span / (rule.periodDays * 0.8) + 2,
  );
  let best: Chain | undefined;
  for (const rule of fitting) {
    const chain = heaviestPath(pool, days, rule, lnOf((peakDensity * Math.max(span, 1)) / pool.length));
    if (chain !== undefined && (best === undefined || chain.evidence > best.evidence + 1e-9)) best = chain;
  }
  return best;
};

/** `stepGain` is what a step without deviation weighs, in nats. */
const heaviestPath = (
  pool: readonly Posting[],
  days: readonly MonthDay[],
  rule: CadenceRule,
  stepGain: number,
): Chain | undefined => {
  const weights = new Float64Array(pool.length);
  const previous = new Int32Array(pool.length).fill(-1);
  const steps = new Int32Array(pool.length);
  const from = [0, 0, 0];
  const reach = rule.toleranceDays + (rule.months === 0 ? 0 : 3);
  let end = 0;
  for (let at = 1; at < pool.length; at++) {
    for (const periods of [1, 2]) {
      const due = dueBefore(pool, days, at, rule, periods);
      let start = from[periods] ?? 0;
      while (start < at && dayAt(pool, start) < due - reach) start += 1;
      from[periods] = start;
      for (let i = start; i < at && i < start + candidatesMax && dayAt(pool, i) <= due + reach; i++) {
        const deviation = deviationOf(pool, days, i, at, rule, periods);
        if (deviation > rule.toleranceDays) continue;
        const weight =
          (weights[i] ?? 0) +
          stepGain -
          (deviationCosts[deviation] ?? 0) -
          (periods - 1) * missCost +
          amountGain(pool, i, at);
        if (weight > (weights[at] ?? 0) + 1e-9) {
          weights[at] = weight;
          previous[at] = i;
          steps[at] = periods;
        }
      }
    }
    if ((weights[at] ?? 0) > (weights[end] ?? 0) + 1e-9) end = at;
  }
  if (previous[end] === -1) return undefined;
  return tracedFrom(end, pool, previous, steps, rule, weights[end] ?? 0);
};

const tracedFrom = (
  end: number,
  pool: readonly Posting[],
  previous: Int32Array,
  steps: Int32Array,
  rule: CadenceRule,
  weight: number,
): Chain => {
  const postings: Posting[] = [];
  let periods = 1;
  for (let at = end; at >= 0; at = previous[at] ?? -1) {
    const posting = pool[at];
    if (posting !== undefined) postings.push(posting);
    periods += steps[at] ?? 0;
  }
  return { rule, postings: postings.reverse(), periods, evidence: weight - rule.prior };
};

const dayAt = (pool: readonly Posting[], index: number): number => pool[index]?.day ?? 0;

/** Where a posting lies from which the one at `at` follows after `periods`. */
const dueBefore = (
  pool: readonly Posting[],
  days: readonly MonthDay[],
  at: number,
  rule: CadenceRule,
  periods: number,
): number => {
  const monthDay = days[at];
  if (rule.months === 0 || monthDay === undefined) return dayAt(pool, at) - rule.days * periods;
  return addMonthsTo(monthDay, -rule.months * periods);
};

const deviationOf = (
  pool: readonly Posting[],
  days: readonly MonthDay[],
  from: number,
  to: number,
  rule: CadenceRule,
  periods: number,
): number => {
  const monthDay = days[from];
  const day = dayAt(pool, to);
  if (rule.months === 0 || monthDay === undefined) return Math.abs(day - dayAt(pool, from) - rule.days * periods);
  const months = rule.months * periods;
  const deviation = Math.abs(day - addMonthsTo(monthDay, months));
  if (!monthDay.isMonthEnd) return deviation;
  return Math.min(deviation, Math.abs(day - startOfMonth(monthDay.month + months + 1) + 1));
};

const amountGain = (pool: readonly Posting[], from: number, to: number): number => {
  const a = pool[from]?.amountMinor ?? 0;
  const b = pool[to]?.amountMinor ?? 0;
  if (a === b) return equalAmountGain;
  return Math.max(a, b) > 1.6 * Math.min(a, b) ? -unlikeAmountCost : 0;
};
