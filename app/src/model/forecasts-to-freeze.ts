import type { Advice } from '@fintrack/advisor-core';
import { dayOfMonth } from '@fintrack/sync-core/protocol';
import type { MadeForecast } from './ledger.ts';

/** Earlier in a month little is known of it, and a record of such forecasts would say little of later ones. */
const frozenFromDay = 10;

/** Of the month of the advice: all spending, and the categories whose months are steady enough. */
export const forecastsToFreeze = ({ asOf, month, forecasts }: Advice): readonly MadeForecast[] =>
  dayOfMonth(asOf) < frozenFromDay
    ? []
    : forecasts.flatMap(({ currency, of, isReliable, pointMinor, lowMinor, highMinor }) => {
        // No record stands for what has no category.
        if (of.type === 'category' && (of.categoryId === null || !isReliable)) return [];
        const categoryId = of.type === 'total' ? null : of.categoryId;
        return [{ month: month.month, currency, categoryId, made: asOf, amountMinor: pointMinor, lowMinor, highMinor }];
      });
