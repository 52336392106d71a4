import type { CalendarDate, CalendarMonth } from '@fintrack/sync-core/protocol/calendar-date';

/**
 * What analysis reads of an entry; anything with these fields will do, and further fields are ignored. Callers pass
 * entries that exist (no deleted ones). Each counts in the category that it names, also where that one was merged into
 * another. Entries that cannot be read, and others of one id, are left out and named (`Advice.leftOut`).
 */
export type Entry = {
  readonly id: string;
  readonly kind: 'expense' | 'income';
  readonly date: CalendarDate;
  /** Minor units. An expense and an income are both positive; a refund is a negative expense. */
  readonly amountMinor: number;
  readonly currency: string;
  /** Null is uncategorised. Not read of an income. */
  readonly categoryId: string | null;
  /** What the person called it: an expense's description, an income's source. May be empty. */
  readonly title: string;
};

/** What may be spent in one category, month and currency. Expenses in other currencies do not touch it. */
export type Budget = {
  readonly id: string;
  readonly categoryId: string;
  readonly month: CalendarMonth;
  readonly amountMinor: number;
  readonly currency: string;
};
