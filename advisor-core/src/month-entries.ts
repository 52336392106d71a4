import { type CalendarMonth, monthOf } from '@fintrack/sync-core/protocol/calendar-date';
import { getOrAdd } from './get-or-add.ts';
import type { Entry } from './ledger.ts';
import { sumMinor } from './minor-arithmetic.ts';

/** One month's entries in one currency. */
export type CurrencyEntries = {
  readonly income: readonly Entry[];
  /** By category id; null holds the uncategorised. */
  readonly expenses: ReadonlyMap<string | null, readonly Entry[]>;
  /** Expenses in the category of transfers: money that only changed its account. */
  readonly transfers: readonly Entry[];
};

/** One month's entries by currency. Every figure is a sum over one of these groups, so it depends on no other entry. */
export type MonthEntries = ReadonlyMap<string, CurrencyEntries>;

/** The one place that decides which group an entry counts in. One pass over all entries; groups keep their order. */
export const groupMonth = (
  entries: Iterable<Entry>,
  month: CalendarMonth,
  transfersCategoryId?: string,
): MonthEntries => {
  const groups = new Map<string, { income: Entry[]; expenses: Map<string | null, Entry[]>; transfers: Entry[] }>();
  for (const entry of entries) {
    if (monthOf(entry.date) !== month) continue;
    const group = getOrAdd(groups, entry.currency, () => ({ income: [], expenses: new Map(), transfers: [] }));
    if (entry.kind === 'income') group.income.push(entry);
    else if (entry.categoryId !== null && entry.categoryId === transfersCategoryId) group.transfers.push(entry);
    else getOrAdd(group.expenses, entry.categoryId, () => []).push(entry);
  }
  return groups;
};

export const expensesIn = (
  entries: MonthEntries,
  place: { readonly currency: string; readonly categoryId: string | null },
): readonly Entry[] => entries.get(place.currency)?.expenses.get(place.categoryId) ?? [];

/** Only of one group: amounts of different currencies must not meet here. */
export const sumAmounts = (entries: readonly Entry[]): number => sumMinor(entries.map((entry) => entry.amountMinor));
