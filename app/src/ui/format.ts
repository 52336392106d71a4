import { type CalendarDate, type CalendarMonth, dateToDayNumber, minorDigits } from '@fintrack/sync-core/protocol';

export type MoneyParts = {
  readonly symbol: string;
  readonly isSymbolFirst: boolean;
  /** With its minus (U+2212) and groups. */
  readonly whole: string;
  /** With its mark, or empty for a currency without decimals. */
  readonly decimals: string;
};

/** How one locale writes money, dates and counts. */
export type Format = {
  readonly locale: string;
  /** Without symbol, as in lists of one currency: `1,308.95`. */
  amount(minor: number, currency: string): string;
  /** With the currency's sign, for foreign money: `US$12.40`. */
  money(minor: number, currency: string): string;
  /** With the ISO code, where nothing may be misread: `14.99 EUR`. */
  coded(minor: number, currency: string): string;
  parts(minor: number, currency: string): MoneyParts;
  /** `Thu 20 Nov`; with the year where that is not `today`'s. */
  day(date: CalendarDate, today?: CalendarDate): string;
  /** `Thu 20 Nov 2025` */
  fullDay(date: CalendarDate): string;
  /** `Today`, `Yesterday`, else the day. */
  nearDay(date: CalendarDate, today: CalendarDate): string;
  /** `20 Nov` */
  shortDay(date: CalendarDate): string;
  /** `November 2025` */
  month(month: CalendarMonth): string;
  /** `November`, with the year where that is not `today`'s. */
  nearMonth(month: CalendarMonth, today: CalendarDate): string;
  count(count: number): string;
  /** `80%`, of a share from 0 to 1. */
  percent(share: number): string;
  /** `14 MB`, in decimal units. */
  bytes(bytes: number): string;
  /** `2 min. ago`, to the minute, hour or day. */
  ago(at: number, now: number): string;
  /** Date and time of day of an instant, in the device's time zone. */
  instant(at: number): string;
};

/** `Intl` writes a hyphen for negative numbers in most locales; figures take a true minus. */
const trueMinus = (text: string): string => text.replace('-', '\u2212');
const capital = (text: string, locale: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
const dateToUtc = (date: CalendarDate): Date => new Date(dateToDayNumber(date) * 86_400_000);
const toUnits = (minor: number, currency: string): number => minor / 10 ** minorDigits(currency);

export const isLocale = (tag: string): boolean => {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
};

export const createFormat = (wanted: string): Format => {
  const locale = isLocale(wanted) ? wanted : 'en-GB';
  const memo = new Map<string, Intl.NumberFormat>();
  const numbers = (currency: string, isStyled: boolean): Intl.NumberFormat => {
    const key = currency + isStyled;
    const digits = minorDigits(currency);
    const known = memo.get(key);
    if (known) return known;
    const made = new Intl.NumberFormat(locale, {
      ...(isStyled ? { style: 'currency' as const, currency } : {}),
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    memo.set(key, made);
    return made;
  };
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
  const dayOfWeek = dates({ weekday: 'short', day: 'numeric', month: 'short' });
  const dayOfYear = dates({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const dayAndMonth = dates({ day: 'numeric', month: 'short' });
  const monthOnly = dates({ month: 'long' });
  const monthAndYear = dates({ month: 'long', year: 'numeric' });
  const counts = new Intl.NumberFormat(locale);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

  const amount = (minor: number, currency: string) =>
    trueMinus(numbers(currency, false).format(toUnits(minor, currency)));
  const day = (date: CalendarDate, today?: CalendarDate) =>
    (today && today.slice(0, 4) !== date.slice(0, 4) ? dayOfYear : dayOfWeek).format(dateToUtc(date)).replace(',', '');
  const month = (of: CalendarMonth) => capital(monthAndYear.format(dateToUtc(`${of}-01`)), locale);

  return {
    locale,
    amount,
    money: (minor, currency) => trueMinus(numbers(currency, true).format(toUnits(minor, currency))),
    coded: (minor, currency) => `${amount(minor, currency)}\u00a0${currency}`,
    parts: (minor, currency) => moneyParts(numbers(currency, true), toUnits(minor, currency)),
    day,
    fullDay: (date) => dayOfYear.format(dateToUtc(date)).replace(',', ''),
    nearDay: (date, today) => {
      const distance = dateToDayNumber(date) - dateToDayNumber(today);
      return distance === 0 || distance === -1
        ? capital(new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(distance, 'day'), locale)
        : day(date, today);
    },
    shortDay: (date) => dayAndMonth.format(dateToUtc(date)),
    month,
    nearMonth: (of, today) =>
      of.slice(0, 4) === today.slice(0, 4) ? capital(monthOnly.format(dateToUtc(`${of}-01`)), locale) : month(of),
    count: (count) => counts.format(count),
    percent: (share) => new Intl.NumberFormat(locale, { style: 'percent' }).format(share),
    bytes: (bytes) => bytesText(locale, bytes),
    ago: (at, now) => agoText(relative, Math.max(0, now - at)),
    instant: (at) => times.format(at),
  };
};

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

const bytesText = (locale: string, bytes: number): string => {
  const power = bytes < 1000 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  const options = { style: 'unit', unit: byteUnits[power] ?? 'byte', maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat(locale, options).format(bytes / 1000 ** power);
};

const moneyParts = (numbers: Intl.NumberFormat, units: number): MoneyParts => {
  const parts = numbers.formatToParts(units);
  const join = (...types: string[]) =>
    parts
      .filter((part) => types.includes(part.type))
      .map((part) => part.value)
      .join('');
  const indexOf = (type: string) => parts.findIndex((part) => part.type === type);
  return {
    symbol: join('currency'),
    isSymbolFirst: indexOf('currency') < indexOf('integer'),
    whole: trueMinus(join('minusSign', 'integer', 'group')),
    decimals: join('decimal', 'fraction'),
  };
};

const agoText = (relative: Intl.RelativeTimeFormat, elapsedMs: number): string => {
  const minutes = Math.floor(elapsedMs / 60_000);
  if (minutes < 1) return relative.format(0, 'second');
  if (minutes < 60) return relative.format(-minutes, 'minute');
  return minutes < 1440
    ? relative.format(-Math.floor(minutes / 60), 'hour')
    : relative.format(-Math.floor(minutes / 1440), 'day');
};
