/**
 * Spending of one month by day of month, sparse: net of refunds, in minor units of one currency. A day may occur more
 * than once; order does not matter.
 */
export type MonthDays = ReadonlyMap<number, number> | readonly (readonly [dayOfMonth: number, amountMinor: number])[];

export type SplitMonth = {
  /** Up to and on the day. */
  readonly beforeMinor: number;
  readonly afterMinor: number;
  /** Last day with spending at or before the day; null for none. */
  readonly lastDay: number | null;
  /** Last day with spending in the whole month; null for none. */
  readonly lastDayOfAll: number | null;
};

/** What a month spent until the end of a day, and after it. */
export const splitMonth = (days: MonthDays, asOfDay: number): SplitMonth => {
  let beforeMinor = 0;
  let afterMinor = 0;
  let lastDay: number | null = null;
  let lastDayOfAll: number | null = null;
  for (const [day, amountMinor] of days) {
    if (day <= asOfDay) beforeMinor += amountMinor;
    else afterMinor += amountMinor;
    // A day of refunds is not a day of spending.
    if (amountMinor <= 0) continue;
    if (day <= asOfDay && day > (lastDay ?? 0)) lastDay = day;
    if (day > (lastDayOfAll ?? 0)) lastDayOfAll = day;
  }
  return { beforeMinor, afterMinor, lastDay, lastDayOfAll };
};

/** Months that are looked back for the last spending. */
const gapMonthsMax = 3;

/**
 * Days since the last spending as at the day, for each of consecutive months split at it, oldest first; a month counts
 * as 30 days. Where three months back there is none: 100.
 */
export const daysSinceSpending = (months: readonly SplitMonth[], asOfDay: number): readonly number[] =>
  months.map((month, index) => {
    if (month.lastDay !== null) return asOfDay - month.lastDay;
    for (let back = 1; back <= gapMonthsMax; back++) {
      const day = months[index - back]?.lastDayOfAll ?? null;
      if (day !== null) return asOfDay - day + 30 * back;
    }
    return 100;
  });
