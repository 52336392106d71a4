import type { BudgetCheck } from '@fintrack/advisor-core';
import {
  type CalendarDate,
  type CalendarMonth,
  dayOfMonth,
  daysInCalendarMonth,
  monthOf,
} from '@fintrack/sync-core/protocol';
import type { Entry } from '../../model/ledger.ts';

/** How far spending is from an even pace, day by day, in minor units of one currency. */
export type Pace = {
  /** Cumulated difference at the end of each day, from day 0 (0) to today; above the pace is positive. */
  readonly differences: readonly number[];
  readonly daysInMonth: number;
  /** Budgets left out because one payment uses most of them up: a rent has no pace. */
  readonly billCategoryIds: readonly string[];
};

export type PaceInput = {
  readonly month: CalendarMonth;
  readonly asOf: CalendarDate;
  readonly currency: string;
  readonly entries: readonly Entry[];
  readonly checks: readonly BudgetCheck[];
};

/** A single entry of this share of its budget is a bill. */
const billShareMin = 0.8;

/** Nothing for other months than today's, and where no budget has a pace. */
export const paceOf = ({ month, asOf, currency, entries, checks }: PaceInput): Pace | undefined => {
  if (month !== monthOf(asOf)) return undefined;
  const own = checks.filter((check) => check.currency === currency && check.amountMinor > 0);
  const isSpending = (entry: Entry) => entry.kind === 'expense' && entry.currency === currency;
  const isBill = (check: BudgetCheck) =>
    entries.some(
      (entry) =>
        isSpending(entry) &&
        entry.categoryId === check.categoryId &&
        entry.amountMinor >= check.amountMinor * billShareMin,
    );
  const billCategoryIds = own.filter(isBill).map((check) => check.categoryId);
  const counted = own.filter((check) => !billCategoryIds.includes(check.categoryId));
  if (counted.length === 0) return undefined;

  const spentByDay = new Map<number, number>();
  const countedIds = new Set<string | null>(counted.map((check) => check.categoryId));
  for (const entry of entries) {
    if (!isSpending(entry) || !countedIds.has(entry.categoryId) || entry.date > asOf) continue;
    const day = dayOfMonth(entry.date);
    spentByDay.set(day, (spentByDay.get(day) ?? 0) + entry.amountMinor);
  }
  const budgetMinor = counted.reduce((sum, check) => sum + check.amountMinor, 0);
  return {
    differences: differences(spentByDay, budgetMinor, dayOfMonth(asOf), daysInCalendarMonth(month)),
    daysInMonth: daysInCalendarMonth(month),
    billCategoryIds,
  };
};

const differences = (
  spentByDay: ReadonlyMap<number, number>,
  budgetMinor: number,
  today: number,
  daysInMonth: number,
): readonly number[] => {
  let spentMinor = 0;
  return Array.from({ length: today + 1 }, (_, day) => {
    spentMinor += spentByDay.get(day) ?? 0;
    return spentMinor - Math.round((budgetMinor * day) / daysInMonth);
  });
};
