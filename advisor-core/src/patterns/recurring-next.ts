import {
  addMonthsTo,
  addPeriods,
  type CadenceRule,
  monthDayOf,
  periodsBetween,
  weekdayOf,
} from './recurring-cadence.ts';

export type NextDay = { readonly day: number; readonly earliest: number; readonly latest: number };

/** Postings that the next day is predicted from. */
export const historyMax = 12;
/** An error beyond this counts as this: a single odd posting must not choose the method. */
const errorMax = 6;
/** Days that a method is tried on need this many before them. */
const warmUp = 2;

/** Days of error, in sum, that another method must save: less is luck. */
const switchMin = 3;

/** Errors that must speak for a shift away from weekends, which two or three dates seem to show by chance. */
const shiftErrorsMin = 6;

type Method = (days: readonly number[], rule: CadenceRule) => number;
type WeekendShift = 'none' | 'forward' | 'back';

/**
 * The day on which the stream's next posting is due. Several methods predict each of the last days from those before it,
 * and the one with the least error so far predicts the next; the first listed where errors are equal. The interval is
 * the middle nine tenths of the method's own errors, at least a day to each side.
 *
 * `days` are the stream's, in order; the last twelve are read. Cost: constant.
 */
export const nextDay = (days: readonly number[], rule: CadenceRule): NextDay => {
  const history = days.slice(-historyMax);
  let best: { readonly predict: (days: readonly number[]) => number; readonly errors: readonly number[] } | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const method of rule.months > 0 ? calendarMethods : dayMethods) {
    for (const shift of weekendShifts) {
      const predict = (known: readonly number[]): number => shifted(method(known, rule), shift);
      const errors = errorsOf(predict, history, rule);
      const loss = errors.reduce((sum, error) => sum + Math.min(Math.abs(error), errorMax), 0);
      if (loss + switchMin <= least && (shift === 'none' || (errors.length >= shiftErrorsMin && loss * 3 <= least))) {
        least = loss;
        best = { predict, errors };
      }
    }
  }
  if (best === undefined) throw new RangeError('no method');
  const day = best.predict(history);
  const [early, late] = marginsOf(best.errors, rule);
  return { day, earliest: day - early, latest: day + late };
};

/** Actual less predicted; periods that were skipped say nothing about the day. */
const errorsOf = (
  predict: (days: readonly number[]) => number,
  history: readonly number[],
  rule: CadenceRule,
): readonly number[] => {
  const errors: number[] = [];
  for (let at = warmUp; at < history.length; at++) {
    const day = history[at] ?? 0;
    if (periodsBetween(rule, history[at - 1] ?? 0, day) > 1) continue;
    errors.push(day - predict(history.slice(0, at)));
  }
  return errors;
};

const marginsOf = (errors: readonly number[], rule: CadenceRule): readonly [number, number] => {
  const unknown = Math.ceil(rule.toleranceDays / 2);
  if (errors.length < 3) return [unknown, unknown];
  const sorted = [...errors].sort((a, b) => a - b);
  const dropped = Math.floor(sorted.length / 10);
  const early = -(sorted[dropped] ?? 0);
  const late = sorted[sorted.length - 1 - dropped] ?? 0;
  return [within(early, rule), within(late, rule)];
};

const within = (margin: number, rule: CadenceRule): number => Math.min(Math.max(margin, 1), rule.toleranceDays);

const weekendShifts: readonly WeekendShift[] = ['none', 'forward', 'back'];

const shifted = (day: number, shift: WeekendShift): number => {
  const weekday = weekdayOf(day);
  if (shift === 'none' || weekday < 5) return day;
  return shift === 'forward' ? day + 7 - weekday : day + 4 - weekday;
};

const afterLast: Method = (days, rule) => addPeriods(rule, days.at(-1) ?? 0, 1);

const afterMedianGap: Method = (days, rule) => {
  const gaps: number[] = [];
  for (let at = 1; at < days.length; at++) {
    const gap = (days[at] ?? 0) - (days[at - 1] ?? 0);
    gaps.push(Math.round(gap / Math.max(periodsBetween(rule, 0, gap), 1)));
  }
  return (days.at(-1) ?? 0) + (middleOf(gaps) ?? Math.round(rule.periodDays));
};

/** Days as distances from the due days of a grid, of which `middle` is the stream's own; the next grid day is moved by it. */
const onGrid =
  (middle: (offsets: readonly number[]) => number | undefined, keepsMonthEnd: boolean): Method =>
  (days, rule) => {
    const last = days.at(-1) ?? 0;
    const grid = gridDay(days, keepsMonthEnd);
    const dueOf = (periods: number): number =>
      rule.months === 0
        ? last + periods * rule.days
        : addMonthsTo({ ...monthDayOf(last), dayOfMonth: grid }, periods * rule.months);
    const offsets = days.map((day) => {
      const due = dueOf(periodsBetween(rule, last, day));
      return day - due;
    });
    return dueOf(1) + (middle(offsets) ?? 0);
  };

/** Day of the month that the grid lies on: the 31st (always a month's last) or the day of the latest posting. */
const gridDay = (days: readonly number[], keepsMonthEnd: boolean): number =>
  keepsMonthEnd || days.every((day) => monthDayOf(day).isMonthEnd) ? 31 : monthDayOf(days.at(-1) ?? 0).dayOfMonth;

const middleOf = (values: readonly number[]): number | undefined =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

/** The value that occurs most often, of those as often the later one. */
const mostFrequent = (values: readonly number[]): number | undefined => {
  let best: number | undefined;
  let bestCount = 0;
  for (let at = values.length - 1; at >= 0; at--) {
    const value = values[at];
    const count = values.filter((each) => each === value).length;
    if (count > bestCount) {
      best = value;
      bestCount = count;
    }
  }
  return best;
};

const lastFew = (offsets: readonly number[]): number | undefined => middleOf(offsets.slice(-3));

const calendarMethods: readonly Method[] = [
  onGrid(middleOf, false),
  onGrid(mostFrequent, false),
  onGrid(middleOf, true),
  onGrid(lastFew, false),
  afterLast,
  afterMedianGap,
];
const dayMethods: readonly Method[] = [onGrid(middleOf, false), onGrid(mostFrequent, false), afterLast, afterMedianGap];
