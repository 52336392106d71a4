import { type CalendarDate, transfersCategoryId } from '@fintrack/sync-core/protocol';
import type { Entry } from '../model/ledger.ts';

/** Sum of a day's spending in one currency; income and money between own accounts stay out of it. */
export type DaySum = { readonly currency: string; readonly spentMinor: number };

export type EntryListItem =
  | { readonly type: 'day'; readonly date: CalendarDate; readonly sums: readonly DaySum[] }
  | { readonly type: 'entry'; readonly entry: Entry; readonly isFirstOfDay: boolean };

/** Entries, newest date first, as one flat list with a heading before each day. Currencies are never added up. */
export const groupByDay = (entries: readonly Entry[]): readonly EntryListItem[] => {
  const items: EntryListItem[] = [];
  let start = 0;
  while (start < entries.length) {
    const date = entries[start]?.date ?? '';
    let end = start;
    while (entries[end]?.date === date) end += 1;
    const ofDay = entries.slice(start, end);
    items.push({ type: 'day', date, sums: daySums(ofDay) });
    ofDay.forEach((entry, index) => items.push({ type: 'entry', entry, isFirstOfDay: index === 0 }));
    start = end;
  }
  return items;
};

const daySums = (entries: readonly Entry[]): readonly DaySum[] => {
  const sums = new Map<string, number>();
  for (const { kind, categoryId, currency, amountMinor } of entries)
    if (kind === 'expense' && categoryId !== transfersCategoryId)
      sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  return [...sums].map(([currency, spentMinor]) => ({ currency, spentMinor }));
};

/** Newest date first; within a day as they came. */
export const byNewestDate = (a: Entry, b: Entry): number => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1);
