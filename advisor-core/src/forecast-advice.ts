import {
  type CalendarDate,
  dayOfMonth,
  daysInCalendarMonth,
  monthOf,
} from '@fintrack/sync-core/protocol/calendar-date';
import type { Groups, Named } from './book.ts';
import { compareText, firstDifference } from './compare.ts';
import { suggestBudget } from './patterns/budget-suggestion.ts';
import { type Forecast, forecastMonth } from './patterns/month-forecast.ts';
import { monthIndexOf, type Series } from './series.ts';

/** How the month will end, of one category or of all together. */
export type ForecastAdvice = Forecast & {
  readonly currency: string;
  /** `total` is all spending in the currency; null are the uncategorised. */
  readonly of: { readonly type: 'total' } | { readonly type: 'category'; readonly categoryId: string | null };
  /** Spent up to the day of the advice. */
  readonly spentMinor: number;
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
const monthsMax = 36;

/** By currency, the total first, then the categories by id. A series without enough history has none. */
export const forecastAdvice = (groups: Groups, asOf: CalendarDate): readonly ForecastAdvice[] =>
  [
    ...[...groups.series('expense')].flatMap((named) => forecastOf(named, asOf, { type: 'total' })),
    ...[...groups.spendingByCategory()].flatMap((named) =>
      forecastOf(named, asOf, { type: 'category', categoryId: named.name.of }),
    ),
  ].sort((a, b) => firstDifference(compareText(a.currency, b.currency), compareText(nameOf(a), nameOf(b))));

const nameOf = ({ of }: ForecastAdvice): string => (of.type === 'total' ? '' : `=${of.categoryId ?? ''}`);

const forecastOf = (
  { name, group }: Named<Series>,
  asOf: CalendarDate,
  of: ForecastAdvice['of'],
): readonly ForecastAdvice[] => {
  const month = monthIndexOf(asOf);
  const today = dayOfMonth(asOf);
  const spent = group.daysOf(month).filter(([day]) => day <= today);
  // On the last day there is nothing left to forecast.
  if (today >= daysInCalendarMonth(monthOf(asOf))) return [];
  const months = completeMonths(group, month).map((each) => group.daysOf(each));
  const forecast = forecastMonth({ months, spent, asOfDay: today, isTotal: of.type === 'total' });
  const spentMinor = spent.reduce((sum, [, minor]) => sum + minor, 0);
  return forecast ? [{ ...forecast, currency: name.currency, of, spentMinor }] : [];
};

/** What a month's budget could be, of each category of a currency; by currency and category. */
export const suggestionAdvice = (groups: Groups, asOf: CalendarDate): readonly SuggestionAdvice[] =>
  [...groups.spendingByCategory()]
    .flatMap(({ name, group }) => {
      if (name.of === null) return [];
      const totals = completeMonths(group, monthIndexOf(asOf)).map((month) => group.totalOf(month));
      const suggestion = suggestBudget(totals);
      if (!suggestion || suggestion.amountMinor <= 0) return [];
      const { amountMinor, keptShare, monthsUsed } = suggestion;
      const keptPercent = Math.round(keptShare * 100);
      return [{ currency: name.currency, categoryId: name.of, amountMinor, keptPercent, monthsUsed }];
    })
    .sort((a, b) => firstDifference(compareText(a.currency, b.currency), compareText(a.categoryId, b.categoryId)));

/** From the first month with an entry to the one before `month`, oldest first, at most `monthsMax`. */
export const completeMonths = (series: Series, month: number): readonly number[] => {
  const first = Math.max(series.firstMonth ?? month, month - monthsMax);
  return Array.from({ length: Math.max(0, month - first) }, (_, index) => first + index);
};
