/**
 * A calendar date, `YYYY-MM-DD`, never an instant [F8]: a purchase on the 3rd stays on the 3rd in every time zone.
 * Day numbers count days from 1970-01-01 (day 0) in the proleptic Gregorian calendar.
 */
export type CalendarDate = string;
/** `YYYY-MM`. */
export type CalendarMonth = string;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days in the month; `month` is 1 to 12. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (monthLengths[month - 1] ?? 0);

/** True for a date that exists between 1900-01-01 and 2199-12-31. */
export const isCalendarDate = (text: string): boolean => {
  const match = datePattern.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
};

export const isCalendarMonth = (text: string): boolean => /^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`);

/** The date, or nothing when there is no such day. */
export const calendarDate = (year: number, month: number, day: number): CalendarDate | undefined => {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isCalendarDate(text) ? text : undefined;
};

export const monthOf = (date: CalendarDate): CalendarMonth => date.slice(0, 7);
export const dayOfMonth = (date: CalendarDate): number => Number(date.slice(8, 10));

export const daysInCalendarMonth = (month: CalendarMonth): number =>
  daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)));

/**
 * Moves by whole months, backwards when negative: `addMonths('2026-01', -1)` is `2025-12`. The result may lie outside
 * the years that `isCalendarMonth` accepts.
 */
export const addMonths = (month: CalendarMonth, count: number): CalendarMonth => {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
};

/**
 * Days since 1970-01-01, negative before it. Method: Howard Hinnant's `days_from_civil`: years begin in March, so that
 * the leap day is a year's last, and are counted in eras of 400; all in whole numbers.
 */
export const dateToDayNumber = (date: CalendarDate): number => {
  const month = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
};

/** The inverse of `dateToDayNumber`, by Hinnant's `civil_from_days`. */
export const dayNumberToDate = (dayNumber: number): CalendarDate => {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1;
  const month = monthIndex + (monthIndex < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};
