import { addMonths, type CalendarMonth, isCalendarMonth, monthOf } from '@fintrack/sync-core/protocol';
import { useSearch } from 'wouter';
import { useToday } from '../../model/services-context.tsx';

export type ShownMonth = {
  readonly month: CalendarMonth;
  readonly isCurrent: boolean;
  readonly previous: CalendarMonth;
  readonly next: CalendarMonth;
};

/** The month in the address, `/?month=2025-11`; without one, today's. */
export const useShownMonth = (): ShownMonth => {
  const asked = new URLSearchParams(useSearch()).get('month') ?? '';
  const current = monthOf(useToday());
  const month = isCalendarMonth(asked) ? asked : current;
  return { month, isCurrent: month === current, previous: addMonths(month, -1), next: addMonths(month, 1) };
};

export const monthHref = (month: CalendarMonth): string => `/?month=${month}`;
