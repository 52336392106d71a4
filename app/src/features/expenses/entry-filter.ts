import { type CalendarMonth, isCalendarMonth } from '@fintrack/sync-core/protocol';
import type { EntryQuery } from '../../model/ledger.ts';

/** What the address asks for: `?month=2025-11&category=none&text=rewe`. */
export type EntryFilter = {
  readonly month?: CalendarMonth | undefined;
  /** Null: entries without a category. */
  readonly categoryId?: string | null | undefined;
  readonly text: string;
};

export const filterOfSearch = (search: string): EntryFilter => {
  const asked = new URLSearchParams(search);
  const month = asked.get('month') ?? '';
  const category = asked.get('category');
  return {
    ...(isCalendarMonth(month) ? { month } : {}),
    ...(category ? { categoryId: category === 'none' ? null : category } : {}),
    text: asked.get('text') ?? '',
  };
};

/** The inverse; empty for no filter at all. */
export const searchOfFilter = ({ month, categoryId, text }: EntryFilter): string => {
  const asked = new URLSearchParams();
  if (month) asked.set('month', month);
  if (categoryId !== undefined) asked.set('category', categoryId ?? 'none');
  if (text !== '') asked.set('text', text);
  return asked.toString();
};

export const queryOfFilter = ({ month, categoryId, text }: EntryFilter, limit: number): EntryQuery => ({
  ...(month === undefined ? {} : { month }),
  ...(categoryId === undefined ? {} : { categoryId }),
  ...(text.trim() === '' ? {} : { text: text.trim() }),
  limit,
});
