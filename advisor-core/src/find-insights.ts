import {
  addMonths,
  type CalendarDate,
  type CalendarMonth,
  dateToDayNumber,
} from '@fintrack/sync-core/protocol/calendar-date';
import type { Groups } from './book.ts';
import { compareText } from './compare.ts';
import { completeMonths, type ForecastAdvice, type SuggestionAdvice } from './forecast-advice.ts';
import type { Insight } from './insight.ts';
import { entryInsights } from './insights/entry-insights.ts';
import { forecastInsights, suggestionInsights } from './insights/forecast-insights.ts';
import { levelInsights, savingsInsights } from './insights/spending-insights.ts';
import { streamInsights } from './insights/stream-insights.ts';
import type { Budget } from './ledger.ts';
import { type MonthAdvice } from './month-advice.ts';
import type { MonthEntries } from './month-entries.ts';
import { monthProgress } from './month-progress.ts';
import { budgetInsights } from './patterns/budget-insights.ts';
import { type SavingsRate, savingsRates } from './patterns/savings-rate.ts';
import { monthIndexOf } from './series.ts';
import type { StreamAdvice } from './stream-advice.ts';

export type FindInsightsInput = {
  readonly groups: Groups;
  readonly ofMonth: MonthAdvice;
  /** Of the month. */
  readonly entries: MonthEntries;
  /** Of the month. */
  readonly budgets: readonly Budget[];
  readonly streams: readonly StreamAdvice[];
  readonly forecasts: readonly ForecastAdvice[];
  readonly suggestions: readonly SuggestionAdvice[];
  /** Of the month before. */
  readonly savings: readonly SavingsRate[];
  readonly asOf: CalendarDate;
  readonly month: CalendarMonth;
};

/** All that could be told on one day, in no order. */
export const findInsights = (input: FindInsightsInput): readonly Insight[] => {
  const { asOf, month, ofMonth, entries, budgets, streams, forecasts, suggestions } = input;
  const asOfDay = dateToDayNumber(asOf);
  return [
    ...budgetInsights({
      checks: ofMonth.budgets,
      entries,
      month,
      progress: monthProgress(month, asOf),
      asOf,
    }),
    ...forecastInsights({ forecasts, checks: ofMonth.budgets, month, asOf }),
    ...suggestionInsights({ suggestions, budgets, month, asOf }),
    ...streams.flatMap((stream) => streamInsights(stream, asOfDay)),
    ...entryInsights(input.groups, asOf),
    ...levelInsights(input.groups, asOf),
    ...savingsInsights(input.savings, addMonths(month, -1), asOf),
  ];
};

/** Of the month before, of each currency that was earned or spent in it: of all entries but transfers. */
export const savingsBefore = (groups: Groups, asOf: CalendarDate): readonly SavingsRate[] => {
  const month = monthIndexOf(asOf) - 1;
  const [spent, earned] = [groups.totalsIn('expense', month), groups.totalsIn('income', month)];
  const currencies = [...new Set([...spent.keys(), ...earned.keys()])].sort(compareText);
  return savingsRates(
    currencies.map((currency) => ({
      currency,
      incomeMinor: earned.get(currency) ?? 0,
      spentMinor: spent.get(currency) ?? 0,
    })),
  );
};

/** A year of complete months, at most. */
const usualMonths = 12;

/** By currency, the median of what the last complete months cost; 0 where there are none. */
export const usualSpending = (groups: Groups, asOf: CalendarDate): ((currency: string) => number) => {
  const month = monthIndexOf(asOf);
  const medians = new Map(
    groups.series('expense').map(({ name, group }) => {
      const totals = completeMonths(group, month)
        .slice(-usualMonths)
        .map((each) => group.totalOf(each));
      return [name.currency, medianOf(totals)] as const;
    }),
  );
  return (currency) => medians.get(currency) ?? 0;
};

/** The lower of the two in the middle, so that it is one of them. */
const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
