import {
  type CalendarDate,
  type CalendarMonth,
  isCalendarDate,
  isCalendarMonth,
  monthOf,
} from '@fintrack/sync-core/protocol/calendar-date';
import type { Budget, Entry } from './ledger.ts';
import { groupMonth, type MonthEntries } from './month-entries.ts';
import { monthProgress } from './month-progress.ts';
import { type CurrencyTotals, monthTotals } from './month-totals.ts';
import { type BudgetCheck, checkBudgets } from './patterns/budget-check.ts';
import { type LeftToSpend, leftToSpend } from './patterns/left-to-spend.ts';

export type AdviseMonthInput = {
  /** The whole ledger or any part that holds the month; order does not matter. */
  readonly entries: Iterable<Entry>;
  /** Of any months; only the month's are read. */
  readonly budgets: Iterable<Budget>;
  /** Today, where the person is. */
  readonly asOf: CalendarDate;
  /** The category whose expenses only move money between own accounts: they are neither spent nor earned. */
  readonly transfersCategoryId?: string;
  /** The month to look at; that of `asOf` unless given. */
  readonly month?: CalendarMonth;
};

/** Plain JSON data. */
export type MonthAdvice = {
  readonly asOf: CalendarDate;
  readonly month: CalendarMonth;
  /** By currency. */
  readonly totals: readonly CurrencyTotals[];
  /** Most urgent first. */
  readonly budgets: readonly BudgetCheck[];
  /** By currency. */
  readonly summary: readonly LeftToSpend[];
};

/**
 * The same advice for the same entries, budgets and day, on every machine. One pass over all entries, then work on the
 * month's alone. Throws a RangeError for a day or month that does not exist and for sums beyond a safe integer: both
 * are bugs of the caller, whose entries were validated when they were typed.
 */
export const adviseMonth = ({
  entries,
  budgets,
  asOf,
  transfersCategoryId,
  month = monthOf(asOf),
}: AdviseMonthInput): MonthAdvice => {
  if (!isCalendarDate(asOf) || !isCalendarMonth(month)) throw new RangeError(`no such day or month: ${asOf}, ${month}`);
  const ofMonth = groupMonth(entries, month, transfersCategoryId);
  return adviseGroupedMonth(
    ofMonth,
    [...budgets].filter((budget) => budget.month === month),
    month,
    asOf,
  );
};

/** As `adviseMonth`, of a month's entries and budgets alone. */
export const adviseGroupedMonth = (
  entries: MonthEntries,
  budgets: readonly Budget[],
  month: CalendarMonth,
  asOf: CalendarDate,
): MonthAdvice => {
  const progress = monthProgress(month, asOf);
  return {
    asOf,
    month,
    totals: monthTotals(entries),
    budgets: checkBudgets(budgets, entries, progress, asOf),
    summary: leftToSpend(budgets, entries, progress),
  };
};
