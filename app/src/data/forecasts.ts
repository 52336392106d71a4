import { type ForecastAdvice, forecastSubject, type FrozenForecast } from '@fintrack/advisor-core';
import { isLive, type Row } from '@fintrack/sync-core/client';
import { isCalendarDate, isCalendarMonth, type Json } from '@fintrack/sync-core/protocol';
import { minorOf, objectIn } from './entry-of.ts';

export const forecastKind = 'forecast';

/** A forecast as it was made then; nothing while a part of it is missing. */
export const frozenForecastOf = (row: Row): FrozenForecast | undefined => {
  if (!isLive(row)) return undefined;
  const { month, currency, category } = objectIn(row, 'of');
  const made = row.cells['made']?.value;
  if (typeof month !== 'string' || !isCalendarMonth(month)) return undefined;
  if (typeof made !== 'string' || !isCalendarDate(made)) return undefined;
  const of = forecastedOf(category);
  const pointMinor = minorOf(objectIn(row, 'amount')['minor']);
  const { low, high } = objectIn(row, 'range');
  const [lowMinor, highMinor] = [minorOf(low), minorOf(high)];
  if (typeof currency !== 'string' || !of) return undefined;
  if (pointMinor === undefined || lowMinor === undefined || highMinor === undefined) return undefined;
  return { subject: forecastSubject(currency, of), month, asOf: made, pointMinor, lowMinor, highMinor };
};

/** Null is all spending; one that says nothing of a category is of something that this program does not know. */
const forecastedOf = (category: Json | undefined): ForecastAdvice['of'] | undefined => {
  if (category === null) return { type: 'total' };
  return typeof category === 'string' ? { type: 'category', categoryId: category } : undefined;
};
