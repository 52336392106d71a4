import type { Entry, Feedback, FrozenForecast } from '@fintrack/advisor-core';
import type { Row } from '@fintrack/sync-core/client';
import type { Budget } from '../model/ledger.ts';
import { budgetOf } from './budget-of.ts';
import type { StoredRow } from './database.ts';
import { dismissalKind, feedbackOf } from './dismissals.ts';
import { entryOf } from './entry-of.ts';
import { forecastKind, frozenForecastOf } from './forecasts.ts';
import { rowOfText } from './stored-row.ts';

export const advisedKinds = ['expense', 'income', 'budget', dismissalKind, forecastKind] as const;

/** Of a ledger's records what an advisor reads, by `kind/id`. */
export class AdvisedRecords {
  readonly entries = new Map<string, Entry>();
  readonly budgets = new Map<string, Omit<Budget, 'isPending'>>();
  readonly feedback = new Map<string, Feedback>();
  readonly forecasts = new Map<string, FrozenForecast>();

  /** `row` is what is stored under the key, if anything is. */
  keep(key: string, row: StoredRow | undefined): void {
    const read = row && rowOfText(row.row);
    set(this.entries, key, entryToAdvise(read));
    set(this.budgets, key, read?.kind === 'budget' ? budgetOf(read) : undefined);
    set(this.feedback, key, read?.kind === dismissalKind ? feedbackOf(read) : undefined);
    set(this.forecasts, key, read?.kind === forecastKind ? frozenForecastOf(read) : undefined);
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
  const { id, kind, date, amountMinor, currency, categoryId } = entry;
  return { id, kind, date, amountMinor, currency, categoryId, title: wellFormed(entry.title) };
};

/** Half a surrogate pair becomes U+FFFD, as the server's tables have it: the same title on both sides. */
const wellFormed = (text: string): string =>
  surrogate.test(text) ? new TextDecoder().decode(new TextEncoder().encode(text)) : text;
const surrogate = /[\ud800-\udfff]/;
