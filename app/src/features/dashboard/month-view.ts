import type { BudgetCheck, CategoryTotal, LeftToSpend } from '@fintrack/advisor-core';
import { type CalendarDate, type CalendarMonth, transfersCategoryId } from '@fintrack/sync-core/protocol';
import type { Entry } from '../../model/ledger.ts';
import type { AdvisedMonth } from '../../model/ledger-queries.ts';
import { byNewestDate } from '../../ui/entry-groups.ts';
import { type Pace, paceOf } from './pace.ts';

/** A month as its screen needs it: the home currency leads, others stand beside it and are never added. */
export type MonthView = {
  readonly month: CalendarMonth;
  readonly asOf: CalendarDate;
  readonly currency: string;
  /** Absent where nothing in the month is in the home currency. */
  readonly home: LeftToSpend | undefined;
  readonly others: readonly LeftToSpend[];
  readonly checks: readonly BudgetCheck[];
  readonly categories: readonly CategoryTotal[];
  readonly spentMinor: number;
  readonly incomeMinor: number;
  /** Entries between own accounts in the home currency, and what left by them less what came. */
  readonly transfers: { readonly entryCount: number; readonly leftMinor: number } | undefined;
  readonly pace: Pace | undefined;
  /** Newest date first. */
  readonly entries: readonly Entry[];
};

export const monthViewOf = ({ month, entries, advice }: AdvisedMonth, currency: string): MonthView => {
  const totals = advice.totals.find((each) => each.currency === currency);
  const pace = paceOf({ month, asOf: advice.asOf, currency, entries, checks: advice.budgets });
  const isTransfer = (entry: Entry) =>
    entry.kind === 'expense' && entry.currency === currency && entry.categoryId === transfersCategoryId;
  const entryCount = entries.filter(isTransfer).length;
  return {
    month,
    asOf: advice.asOf,
    currency,
    home: advice.summary.find((each) => each.currency === currency),
    others: advice.summary.filter((each) => each.currency !== currency),
    checks: billsLast(advice.budgets, pace?.billCategoryIds ?? []),
    categories: totals?.categories ?? [],
    spentMinor: totals?.spentMinor ?? 0,
    incomeMinor: totals?.incomeMinor ?? 0,
    transfers: entryCount === 0 ? undefined : { entryCount, leftMinor: totals?.transferredMinor ?? 0 },
    pace,
    entries: [...entries].sort(byNewestDate),
  };
};

/** The advisor's order, save that a paid bill, though it is above any pace, asks for nothing. */
const billsLast = (checks: readonly BudgetCheck[], billIds: readonly string[]): readonly BudgetCheck[] => {
  const isPaid = (check: BudgetCheck) => check.state !== 'over' && billIds.includes(check.categoryId);
  return [...checks.filter((check) => !isPaid(check)), ...checks.filter(isPaid)];
};

/** Entries with every word of `text` in their description, note or category. */
export const matchingEntries = (
  entries: readonly Entry[],
  text: string,
  categoryName: (id: string | null) => string,
): readonly Entry[] => {
  const wanted = fold(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return entries;
  return entries.filter((entry) => {
    const body = fold(`${entry.title} ${entry.note} ${categoryName(entry.categoryId)}`);
    return wanted.every((word) => body.includes(word));
  });
};

/** Case and accents do not matter to who searches. */
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
