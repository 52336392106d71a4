import type { Budget, Entry, Feedback, FrozenForecast } from '@fintrack/advisor-core';
import { isLive, type Row } from '@fintrack/sync-core/client';
import { isCalendarMonth } from '@fintrack/sync-core/protocol';
import type { StoredRow } from './database.ts';
import { dismissalKind, feedbackOf } from './dismissals.ts';
import { entryOf, minorOf, objectIn } from './entry-of.ts';
import { forecastKind, frozenForecastOf } from './forecasts.ts';
import { rowOfText } from './stored-row.ts';

export const advisedKinds = ['expense', 'income', 'budget', dismissalKind, forecastKind] as const;

/**
 * Of a ledger's records what an advisor reads, by `kind/id`: the mapping that the server's `routes/advice.ts` describes, so
 * that both advisors get the same.
 */
export class AdvisedRecords {
  readonly entries = new Map<string, Entry>();
  readonly budgets = new Map<string, Budget>();
  readonly feedback = new Map<string, Feedback>();
  readonly forecasts = new Map<string, FrozenForecast>();

  /** `row` is what is stored under the key, if anything is. */
  keep(key: string, row: StoredRow | undefined): void {
    const read = row && rowOfText(row.row);
    set(this.entries, key, entryToAdvise(read));
    set(this.budgets, key, read?.kind === 'budget' ? budgetToAdvise(read) : undefined);
    set(this.feedback, key, read?.kind === dismissalKind ? feedbackToAdvise(read) : undefined);
    set(this.forecasts, key, read?.kind === forecastKind ? forecastToAdvise(read) : undefined);
  }
}

const set = <T>(map: Map<string, T>, key: string, value: T | undefined): void => {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
};

/** Only what is analysed: there may be a hundred thousand. */
const entryToAdvise = (row: Row | undefined): Entry | undefined => {
  const entry = entryOf(row);
  if (!entry) return undefined;
  const { id, kind, date, amountMinor, currency, categoryId, title } = entry;
  return {
    id,
    kind,
    date,
    amountMinor,
    currency: wellFormed(currency),
    categoryId: categoryId === null ? null : wellFormed(categoryId),
    title: wellFormed(title),
  };
};

const budgetToAdvise = (row: Row): Budget | undefined => {
  if (!isLive(row)) return undefined;
  const { category, month, currency } = objectIn(row, 'of');
  const amountMinor = minorOf(objectIn(row, 'amount')['minor']);
  if (typeof category !== 'string' || typeof month !== 'string' || !isCalendarMonth(month)) return undefined;
  if (typeof currency !== 'string' || amountMinor === undefined) return undefined;
  // The currency of the derived id says which budget this is, and never changes [F7].
  return { id: row.id, categoryId: wellFormed(category), month, amountMinor, currency: wellFormed(currency) };
};

const feedbackToAdvise = (row: Row): Feedback | undefined => {
  const said = feedbackOf(row);
  return said && { insight: wellFormed(said.insight), reason: wellFormed(said.reason) };
};

const forecastToAdvise = (row: Row): FrozenForecast | undefined => {
  const forecast = frozenForecastOf(row);
  return forecast && { ...forecast, subject: wellFormed(forecast.subject) };
};

/** Half a surrogate pair becomes U+FFFD, as the server's tables have it: the same text on both sides. */
const wellFormed = (text: string): string =>
  surrogate.test(text) ? decoder.decode(new TextEncoder().encode(text)) : text;
const surrogate = /[\ud800-\udfff]/;
/** A leading U+FEFF is a part of the text, not a mark of how it is encoded. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
