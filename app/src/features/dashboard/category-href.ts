import type { CalendarMonth } from '@fintrack/sync-core/protocol';

/** The entries behind a category's sum; `none` are those without a category. */
export const categoryHref = (month: CalendarMonth, categoryId: string | null): string =>
  `/entries?month=${month}&category=${categoryId ?? 'none'}`;
