import type { CalendarDate } from '@fintrack/sync-core/protocol/calendar-date';
import { compareText, firstDifference } from '../compare.ts';
import type { Budget } from '../ledger.ts';
import { divideTowardZero, shareOf, subtractMinor } from '../minor-arithmetic.ts';
import { expensesIn, type MonthEntries, sumAmounts } from '../month-entries.ts';
import type { MonthProgress } from '../month-progress.ts';

/** `over`: more is spent than budgeted. `above-pace`: not over, but more is spent by now than an even pace allows. */
export type BudgetState = 'over' | 'above-pace' | 'on-pace';

export type BudgetCheck = {
  readonly budgetId: string;
  readonly categoryId: string;
  readonly currency: string;
  readonly state: BudgetState;
  readonly amountMinor: number;
  /** All of the month's expenses less refunds, those dated after today included: what is written down is decided. */
  readonly spentMinor: number;
  /** `amountMinor - spentMinor`; negative when over. */
  readonly leftMinor: number;
  readonly daysLeft: number;
  /** What is left by each day left, fractions dropped; 0 when over and in a past month. */
  readonly leftPerDayMinor: number;
  /** As `spentMinor`, up to and including today. */
  readonly spentByNowMinor: number;
  /** An even pace: amount * days elapsed / days in the month, halves rounded away from zero. */
  readonly expectedByNowMinor: number;
  /** `spentByNowMinor - expectedByNowMinor`; negative below the pace. */
  readonly abovePaceMinor: number;
  readonly entryCount: number;
};

/**
 * Each budget against the expenses in its category and currency. `budgets` and `entries` are of one month, `progress`
 * is that month's on the day `asOf`.
 *
 * Order: over, above pace, on pace; in each by currency, then the largest excess (or, on pace, the largest budget)
 * first, then by id. Cost: one look at each budgeted category's entries, and the sort.
 */
export const checkBudgets = (
  budgets: readonly Budget[],
  entries: MonthEntries,
  progress: MonthProgress,
  asOf: CalendarDate,
): readonly BudgetCheck[] => budgets.map((budget) => checkBudget(budget, entries, progress, asOf)).sort(byUrgency);

const checkBudget = (
  budget: Budget,
  entries: MonthEntries,
  progress: MonthProgress,
  asOf: CalendarDate,
): BudgetCheck => {
  const { id: budgetId, categoryId, currency, amountMinor } = budget;
  const expenses = expensesIn(entries, budget);
  const spentMinor = sumAmounts(expenses);
  const leftMinor = subtractMinor(amountMinor, spentMinor);
  const spentByNowMinor = sumAmounts(expenses.filter((expense) => expense.date <= asOf));
  const expectedByNowMinor = shareOf(amountMinor, progress.daysElapsed, progress.daysInMonth);
  const abovePaceMinor = subtractMinor(spentByNowMinor, expectedByNowMinor);
  return {
    budgetId,
    categoryId,
    currency,
    state: leftMinor < 0 ? 'over' : abovePaceMinor > 0 ? 'above-pace' : 'on-pace',
    amountMinor,
    spentMinor,
    leftMinor,
    daysLeft: progress.daysLeft,
    leftPerDayMinor: leftPerDay(leftMinor, progress.daysLeft),
    spentByNowMinor,
    expectedByNowMinor,
    abovePaceMinor,
    entryCount: expenses.length,
  };
};

/** Fractions dropped, so that spending it every day never ends over; 0 when over or when no day is left. */
export const leftPerDay = (leftMinor: number, daysLeft: number): number =>
  leftMinor <= 0 || daysLeft === 0 ? 0 : divideTowardZero(leftMinor, daysLeft);

const urgency: Readonly<Record<BudgetState, number>> = { over: 0, 'above-pace': 1, 'on-pace': 2 };

// Currency comes before size: minor units of two currencies have no common size.
const byUrgency = (a: BudgetCheck, b: BudgetCheck): number =>
  firstDifference(
    urgency[a.state] - urgency[b.state],
    compareText(a.currency, b.currency),
    sizeOf(b) - sizeOf(a),
    compareText(a.budgetId, b.budgetId),
  );

const sizeOf = (check: BudgetCheck): number => {
  if (check.state === 'over') return -check.leftMinor;
  return check.state === 'above-pace' ? check.abovePaceMinor : check.amountMinor;
};
