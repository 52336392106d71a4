import {
  type CalendarDate,
  type CalendarMonth,
  dayOfMonth,
  daysInCalendarMonth,
  monthOf,
} from '@fintrack/sync-core/protocol/calendar-date';

/** How far a month has gone on a day. Today counts as elapsed and as left: it has begun, and can still be spent in. */
export type MonthProgress = {
  readonly daysInMonth: number;
  /** 0 in a month to come, all days in a past one. */
  readonly daysElapsed: number;
  /** All days in a month to come, 0 in a past one. */
  readonly daysLeft: number;
};

export const monthProgress = (month: CalendarMonth, asOf: CalendarDate): MonthProgress => {
  const daysInMonth = daysInCalendarMonth(month);
  const current = monthOf(asOf);
  if (month < current) return { daysInMonth, daysElapsed: daysInMonth, daysLeft: 0 };
  if (month > current) return { daysInMonth, daysElapsed: 0, daysLeft: daysInMonth };
  const today = dayOfMonth(asOf);
  return { daysInMonth, daysElapsed: today, daysLeft: daysInMonth - today + 1 };
};
