import { type Budget, type Entry, type Feedback, forecastSubject, type FrozenForecast } from '@fintrack/advisor-core';
import { isCalendarDate } from '@fintrack/sync-core/protocol';
import * as v from 'valibot';
import type { AdvisedLedger } from '../routes/advice.ts';
import type { ListedItem } from './listed-items.ts';

/** What a newer program writes in another shape is as good as absent: it must not cost a person all advice. */
const orAbsent = <T>(schema: v.GenericSchema<unknown, T>) => v.fallback(v.optional(schema), undefined);
const text = orAbsent(v.string());
const minor = orAbsent(v.pipe(v.number(), v.safeInteger()));

const columnsSchema = v.object({
  date: text,
  month: text,
  made: text,
  amount: minor,
  low: minor,
  high: minor,
  currency: text,
  category: orAbsent(v.nullable(v.string())),
  description: text,
  source: text,
  insight: text,
  reason: text,
});

type Item = Pick<ListedItem, 'id'> & v.InferOutput<typeof columnsSchema>;

/** The mapping that `AdvisedLedger` describes. */
export const itemsToLedger = (items: Iterable<ListedItem>): AdvisedLedger => {
  const entries: Entry[] = [];
  const budgets: Budget[] = [];
  const feedback: Feedback[] = [];
  const forecasts: FrozenForecast[] = [];
  for (const { kind, id, columns } of items) {
    const item = { id, ...v.parse(columnsSchema, columns) };
    if (kind === 'expense' || kind === 'income') entries.push(...toEntry(kind, item));
    if (kind === 'budget') budgets.push(...toBudget(item));
    if (kind === 'dismissal') feedback.push(...toFeedback(item));
    if (kind === 'forecast') forecasts.push(...toForecast(item));
  }
  return { entries, budgets, feedback, forecasts };
};

/** A row without an amount yet adds nothing to any sum, here and on a device; a category of another shape is none. */
const toEntry = (kind: Entry['kind'], item: Item): readonly Entry[] => {
  const { id, date, amount, currency, category = null } = item;
  if (date === undefined || amount === undefined || currency === undefined) return [];
  const title = (kind === 'expense' ? item.description : item.source) ?? '';
  return [{ kind, id, date, amountMinor: amount, currency, categoryId: kind === 'expense' ? category : null, title }];
};

const toBudget = ({ id, month, amount, currency, category }: Item): readonly Budget[] => {
  if (month === undefined || amount === undefined || currency === undefined) return [];
  return typeof category === 'string' ? [{ id, month, amountMinor: amount, currency, categoryId: category }] : [];
};

const toFeedback = ({ insight = '', reason = '' }: Item): readonly Feedback[] =>
  insight === '' ? [] : [{ insight, reason }];

const toForecast = ({ month, made, amount, low, high, currency, category }: Item): readonly FrozenForecast[] => {
  if (month === undefined || currency === undefined || category === undefined) return [];
  if (made === undefined || !isCalendarDate(made)) return [];
  if (amount === undefined || low === undefined || high === undefined) return [];
  const of = category === null ? ({ type: 'total' } as const) : ({ type: 'category', categoryId: category } as const);
  const subject = forecastSubject(currency, of);
  return [{ subject, month, asOf: made, pointMinor: amount, lowMinor: low, highMinor: high }];
};
