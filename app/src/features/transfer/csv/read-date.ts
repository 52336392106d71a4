import { type CalendarDate, calendarDate } from '@fintrack/sync-core/protocol';
import { monthNumber } from './month-names.ts';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/**
 * A cell that is written as a date. Where the year leads or the month is a name, the order is known; else `style`
 * says how it is written (its mark, its year's digits, whether a time follows), since a file may mix styles.
 */
export type DateCell =
  | { readonly order: 'known'; readonly year: number; readonly month: number; readonly day: number }
  | { readonly order: 'open'; readonly style: string; readonly parts: readonly [number, number, number] };

const time =
  /^(.*?\d)[\s,T]+(?:at\s|um\s)?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?\s?m\.?)?\s*(?:Z|UTC|GMT|[A-Z]{2,4}|[+-]\d{2}:?\d{2})?$/i;
const yearFirst = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/;
const compact = /^((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)$/;
const open = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})$/;
const dayAndName =
  /^(\d{1,2})(?:st|nd|rd|th|\.|º)?[\s\-/]*(?:de |of )?([\p{L}]{3,12})\.?[\s\-/,]*(?:de |del )?('?\d{2}|\d{4})$/iu;
const nameAndDay = /^([\p{L}]{3,12})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?[\s\-/,]+(\d{4}|'?\d{2})$/iu;
const weekday = /^\p{L}{2,10}\.?,?\s+(?=\d|\p{L}{3,12}\.?\s+\d)/u;

/** Longer cells are text. */
const dateLengthMax = 45;

/** What date a cell writes, in whatever order; nothing when it is not written as a date. Times and zones are dropped. */
export const readDateCell = (cell: string): DateCell | undefined => {
  const trimmed = cell.trim();
  if (trimmed.length < 6 || trimmed.length > dateLengthMax || !/\d/.test(trimmed)) return undefined;
  const withoutTime = time.exec(trimmed)?.[1];
  const text = withoutTime?.trim().replace(/,$/, '') ?? trimmed;
  return readText(text, withoutTime !== undefined) ?? readText(text.replace(weekday, ''), withoutTime !== undefined);
};

/** The date of a cell read in the given order; nothing when there is no such day. */
export const dateOfCell = (cell: DateCell, order: DateOrder): CalendarDate | undefined => {
  if (cell.order === 'known') return calendarDate(cell.year, cell.month, cell.day);
  const [first, second, third] = cell.parts;
  if (order === 'dmy') return calendarDate(fullYear(third), second, first);
  if (order === 'mdy') return calendarDate(fullYear(third), first, second);
  return third > 31 ? undefined : calendarDate(fullYear(first), second, third);
};

/** True for a cell that is a day that exists, in some order. */
export const looksLikeDate = (cell: string): boolean => {
  const date = readDateCell(cell);
  return date !== undefined && (['dmy', 'mdy', 'ymd'] as const).some((order) => dateOfCell(date, order) !== undefined);
};

const readText = (text: string, hasTime: boolean): DateCell | undefined => {
  const ordered = open.exec(text);
  if (ordered) {
    const [, first = '', mark = '', second = '', third = ''] = ordered;
    const style = `${mark}${third.length === 4 ? 'YYYY' : 'YY'}${hasTime ? ' time' : ''}`;
    return { order: 'open', style, parts: [Number(first), Number(second), Number(third)] };
  }
  const numeric = yearFirst.exec(text) ?? compact.exec(text);
  if (numeric) return known(numeric[1], Number(numeric[2]), numeric[3]);
  const dayFirst = dayAndName.exec(text);
  if (dayFirst) return known(dayFirst[3], monthNumber(dayFirst[2] ?? ''), dayFirst[1]);
  const monthFirst = nameAndDay.exec(text);
  if (monthFirst) return known(monthFirst[3], monthNumber(monthFirst[1] ?? ''), monthFirst[2]);
  return undefined;
};

const known = (year = '', month: number | undefined, day = ''): DateCell | undefined =>
  month === undefined
    ? undefined
    : { order: 'known', year: fullYear(Number(year.replace("'", ''))), month, day: Number(day) };

/** Two digits: 69 to 99 are of the last century, as in POSIX `strptime`. */
const fullYear = (year: number): number => (year >= 100 ? year : year >= 69 ? 1900 + year : 2000 + year);
