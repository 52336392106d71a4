import {
  type CalendarDate,
  dateToDayNumber,
  dayNumberToDate,
  dayOfMonth,
  daysInCalendarMonth,
  monthOf,
} from '@fintrack/sync-core/protocol/calendar-date';
import type { Groups, Named } from './book.ts';
import { compareText, firstDifference } from './compare.ts';
import { suggestBudget } from './patterns/budget-suggestion.ts';
import { type FrozenForecast, scoreForecast, trackRecord } from './patterns/forecast-record.ts';
import { type Forecast, forecastMonth } from './patterns/month-forecast.ts';
import { remembered } from './remembered.ts';
import { monthIndexOf, type Series } from './series.ts';

/** How the month will end, of one category or of all together. */
export type ForecastAdvice = Forecast & {
  readonly currency: string;
  /** `total` is all spending in the currency; null are the uncategorised. */
  readonly of: { readonly type: 'total' } | { readonly type: 'category'; readonly categoryId: string | null };
  /** Spent up to the day of the advice. */
  readonly spentMinor: number;
  /** Names the series among frozen forecasts (`FrozenForecast.subject`). */
  readonly subject: string;
  /** How earlier forecasts of it turned out. One with a poor record should not be shown. */
  readonly record: RecordAdvice;
};

/** `TrackRecord` in whole numbers. */
export type RecordAdvice = {
  readonly count: number;
  readonly coveredPercent: number;
  readonly medianErrorPercent: number;
  readonly isPoor: boolean;
};

export type SuggestionAdvice = {
  readonly currency: string;
  readonly categoryId: string;
  readonly amountMinor: number;
  /** Months of which the amount would have been enough, in hundredths. */
  readonly keptPercent: number;
  readonly monthsUsed: number;
};

/** Older months say nothing of this one. */
const monthsMax = 96;

/**
 * By currency, the total first, then the categories by id. A series without enough history has none. `frozen` are
 * forecasts of months before, as they were made then.
 */
export const forecastAdvice = (
  groups: Groups,
  asOf: CalendarDate,
  frozen: readonly FrozenForecast[],
): readonly ForecastAdvice[] =>
  [
    ...groups.series('expense').flatMap((named) => forecastOf(groups, named, asOf, frozen, { type: 'total' })),
    ...groups
      .spendingByCategory()
      .flatMap((named) => forecastOf(groups, named, asOf, frozen, { type: 'category', categoryId: named.name.of })),
  ].sort((a, b) => firstDifference(compareText(a.currency, b.currency), compareText(a.subject, b.subject)));

/** What a frozen forecast calls its series. */
export const forecastSubject = (currency: string, of: ForecastAdvice['of']): string =>
  of.type === 'total' ? currency : `${currency}.${of.categoryId ?? ''}`;

const forecastOf = (
  groups: Groups,
  { name, group }: Named<Series>,
  asOf: CalendarDate,
  frozen: readonly FrozenForecast[],
  of: ForecastAdvice['of'],
): readonly ForecastAdvice[] => {
  const asOfDay = dateToDayNumber(asOf);
  const forecast = of.type === 'total' ? forecastOfTotal(group, asOfDay) : forecastOfCategory(group, asOfDay);
  if (!forecast) return [];
  const subject = forecastSubject(name.currency, of);
  const spentIn = (month: number): number => groups.spentIn(month, name.currency, of.type === 'total' ? 'total' : of);
  const record = recordOf(subject, frozen, spentIn, monthIndexOf(asOf));
  return [{ ...forecast, currency: name.currency, of, subject, record }];
};

const forecastSeries = (
  series: Series,
  asOf: CalendarDate,
  isTotal: boolean,
): (Forecast & Pick<ForecastAdvice, 'spentMinor'>) | undefined => {
  const month = monthIndexOf(asOf);
  const today = dayOfMonth(asOf);
  // On the last day there is nothing left to forecast.
  if (today >= daysInCalendarMonth(monthOf(asOf))) return undefined;
  const spent = series.daysOf(month).filter(([day]) => day <= today);
  const months = completeMonths(series, month).map((each) => series.daysOf(each));
  const forecast = forecastMonth({ months, spent, asOfDay: today, isTotal });
  return forecast ? { ...forecast, spentMinor: spent.reduce((sum, [, minor]) => sum + minor, 0) } : undefined;
};

const forecastOfTotal = remembered((series: Series, asOfDay) => forecastSeries(series, dayNumberToDate(asOfDay), true));
const forecastOfCategory = remembered((series: Series, asOfDay) =>
  forecastSeries(series, dayNumberToDate(asOfDay), false),
);

/** Scores what was said of months that are over, against all that was spent: what patterns leave aside too. */
const recordOf = (
  subject: string,
  frozen: readonly FrozenForecast[],
  spentIn: (month: number) => number,
  month: number,
): RecordAdvice => {
  const scored = frozen
    .filter((each) => each.subject === subject && monthIndexOf(each.month) < month)
    .map((each) => scoreForecast(each, spentIn(monthIndexOf(each.month))));
  const { count, coveredShare, medianErrorShare, isPoor } = trackRecord(scored);
  return {
    count,
    coveredPercent: Math.round(coveredShare * 100),
    medianErrorPercent: Math.round(medianErrorShare * 100),
    isPoor,
  };
};

/** What a month's budget could be, of each category of a currency; by currency and category. */
export const suggestionAdvice = (groups: Groups, asOf: CalendarDate): readonly SuggestionAdvice[] =>
  groups
    .spendingByCategory()
    .flatMap(({ name, group }) => {
      if (name.of === null) return [];
      const suggestion = budgetOf(group, dateToDayNumber(asOf));
      if (!suggestion || suggestion.amountMinor <= 0) return [];
      const { amountMinor, keptShare, monthsUsed } = suggestion;
      const keptPercent = Math.round(keptShare * 100);
      return [{ currency: name.currency, categoryId: name.of, amountMinor, keptPercent, monthsUsed }];
    })
    .sort((a, b) => firstDifference(compareText(a.currency, b.currency), compareText(a.categoryId, b.categoryId)));

const budgetOf = remembered((series: Series, asOfDay) => suggestBudget(monthTotalsBefore(series, asOfDay)));

/** What each complete month before the day came to, oldest first. */
export const monthTotalsBefore = (series: Series, asOfDay: number): readonly number[] =>
  completeMonths(series, monthIndexOf(dayNumberToDate(asOfDay))).map((month) => series.totalOf(month));

/** From the first month with an entry to the one before `month`, oldest first, at most `monthsMax`. */
export const completeMonths = (series: Series, month: number): readonly number[] => {
  const first = Math.max(series.firstMonth ?? month, month - monthsMax);
  return Array.from({ length: Math.max(0, month - first) }, (_, index) => first + index);
};
