import { dateToDayNumber, daysInMonth } from '@fintrack/sync-core/protocol/calendar-date';

export type Cadence =
  | 'weekly'
  | 'two-weekly'
  | 'four-weekly'
  | 'monthly'
  | 'two-monthly'
  | 'quarterly'
  | 'half-yearly'
  | 'yearly';

/** A rhythm of whole days or of whole calendar months: one of `days` and `months` is 0. */
export type CadenceRule = {
  readonly cadence: Cadence;
  readonly days: number;
  readonly months: number;
  /** Length of a period in days, on average. */
  readonly periodDays: number;
  /** A posting further than this from its day is another posting. */
  readonly toleranceDays: number;
  /** How long a posting may stay out, beyond its day, before the stream has stopped. */
  readonly graceDays: number;
  /** Surprise at this cadence, in nats: a monthly bill is common, a half-yearly one is not. */
  readonly prior: number;
  /** Times a year, for yearly costs. */
  readonly perYear: number;
};

const daily = (
  cadence: Cadence,
  days: number,
  toleranceDays: number,
  graceDays: number,
  prior: number,
): CadenceRule => ({
  cadence,
  days,
  months: 0,
  periodDays: days,
  toleranceDays,
  graceDays,
  prior,
  perYear: 364 / days,
});

const calendar = (
  cadence: Cadence,
  months: number,
  toleranceDays: number,
  graceDays: number,
  prior: number,
): CadenceRule => ({
  cadence,
  days: 0,
  months,
  periodDays: months * 30.436875,
  toleranceDays,
  graceDays,
  prior,
  perYear: 12 / months,
});

/** Monthly first: where two explain the same postings equally well, the earlier one is taken. */
export const cadenceRules: readonly CadenceRule[] = [
  calendar('monthly', 1, 6, 10, 0),
  daily('weekly', 7, 2, 4, 1),
  daily('two-weekly', 14, 4, 6, 1),
  daily('four-weekly', 28, 4, 8, 1.5),
  calendar('two-monthly', 2, 10, 15, 1.5),
  calendar('quarterly', 3, 12, 20, 1),
  calendar('half-yearly', 6, 15, 30, 1.5),
  calendar('yearly', 12, 20, 45, 1),
];

export const ruleOf = (cadence: Cadence): CadenceRule => {
  const rule = cadenceRules.find((each) => each.cadence === cadence);
  if (rule === undefined) throw new RangeError(`no such cadence: ${cadence}`);
  return rule;
};

const firstYear = 1890;
const yearCount = 330;

/** Day numbers of the firsts of all months of 1890 to 2219: entries lie in 1900 to 2199, and what is next somewhat after. */
const monthStarts: readonly number[] = (() => {
  const starts = [dateToDayNumber(`${firstYear}-01-01`)];
  for (let index = 0; index < yearCount * 12; index++)
    starts.push((starts[index] ?? 0) + daysInMonth(firstYear + Math.floor(index / 12), (index % 12) + 1));
  return starts;
})();
const lastMonth = yearCount * 12 - 1;

/** A day as month (counted from the table's start) and day of the month from 1. */
export type MonthDay = { readonly month: number; readonly dayOfMonth: number; readonly isMonthEnd: boolean };

export const startOfMonth = (month: number): number => monthStarts[Math.min(Math.max(month, 0), lastMonth)] ?? 0;
export const lengthOfMonth = (month: number): number => startOfMonth(month + 1) - startOfMonth(month);

export const monthDayOf = (day: number): MonthDay => {
  let month = Math.min(Math.max(Math.floor((day - startOfMonth(0)) / 30.436875), 0), lastMonth - 1);
  while (month > 0 && startOfMonth(month) > day) month -= 1;
  while (month < lastMonth - 1 && startOfMonth(month + 1) <= day) month += 1;
  const dayOfMonth = day - startOfMonth(month) + 1;
  return { month, dayOfMonth, isMonthEnd: dayOfMonth === lengthOfMonth(month) };
};

/** The same day of the month `months` later, or that month's last day where it is shorter. */
export const addMonthsTo = ({ month, dayOfMonth }: MonthDay, months: number): number =>
  startOfMonth(month + months) + Math.min(dayOfMonth, lengthOfMonth(month + months)) - 1;

/** `periods` later; the last day of a month stays the last where `keepsMonthEnd`. */
export const addPeriods = (rule: CadenceRule, from: number, periods: number, keepsMonthEnd = false): number => {
  if (rule.months === 0) return from + rule.days * periods;
  const at = monthDayOf(from);
  if (!keepsMonthEnd || !at.isMonthEnd) return addMonthsTo(at, rule.months * periods);
  return startOfMonth(at.month + rule.months * periods + 1) - 1;
};

/** Whole periods between two days, rounded to the nearest. */
export const periodsBetween = (rule: CadenceRule, from: number, to: number): number =>
  Math.round((to - from) / rule.periodDays);

/** 0 is Monday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
