import { forecastSubject, type FrozenForecast } from '@fintrack/advisor-core';
import { isLive, type Row } from '@fintrack/sync-core/client';
import { isCalendarDate, isCalendarMonth, isJsonObject, type Json } from '@fintrack/sync-core/protocol';
import { isMoney } from './entry-of.ts';

export const forecastKind = 'forecast';

/** A forecast as it was made then; nothing while a part of it is missing. */
export const frozenForecastOf = (row: Row): FrozenForecast | undefined => {
  if (!isLive(row)) return undefined;
  const value = (group: string): Json => row.cells[group]?.value ?? null;
  const [of, made, amount, range] = [value('of'), value('made'), value('amount'), value('range')];
  if (!isJsonObject(of) || typeof made !== 'string' || !isMoney(amount) || !isJsonObject(range)) return undefined;
  const { month, currency, category } = of;
  const { low, high } = range;
  if (typeof month !== 'string' || !isCalendarMonth(month) || !isCalendarDate(made)) return undefined;
  if (typeof currency !== 'string' || typeof low !== 'number' || typeof high !== 'number') return undefined;
  const subject = forecastSubject(
    currency,
    typeof category === 'string' ? { type: 'category', categoryId: category } : { type: 'total' },
  );
  return { subject, month, asOf: made, pointMinor: amount.minor, lowMinor: low, highMinor: high };
};
