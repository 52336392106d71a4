import { type CalendarDate, dayOfMonth, daysInCalendarMonth, monthOf } from '@fintrack/sync-core/protocol';

/** The share of its month that is over at the end of the day, 0 to 1: where the tick stands in every bar. */
export const todayShare = (asOf: CalendarDate): number => dayOfMonth(asOf) / daysInCalendarMonth(monthOf(asOf));
