import { type Advice, adviceVersion } from '@fintrack/advisor-core';
import { isCalendarDate } from '@fintrack/sync-core/protocol';
import * as v from 'valibot';

/** What the screens read of an advice; the rest is compared as text alone, and may be anything. */
const minor = v.pipe(v.number(), v.safeInteger());
const money = v.object({ minor, currency: v.string() });
const term = v.object({ name: v.string(), minor });
const date = v.pipe(v.string(), v.check(isCalendarDate));
const categoryId = v.nullable(v.string());

const subject = v.variant('type', [
  v.object({ type: v.literal('budget'), budgetId: v.string(), categoryId: v.string(), month: v.string() }),
  v.object({ type: v.literal('category'), categoryId, month: v.string() }),
  v.object({ type: v.literal('stream'), stream: v.string(), title: v.string() }),
  v.object({ type: v.literal('entry'), entryId: v.string(), title: v.string() }),
  v.object({ type: v.literal('month'), month: v.string() }),
]);

const step = v.variant('step', [
  v.object({ step: v.literal('difference'), from: term, take: term, result: term }),
  v.object({ step: v.literal('sum'), first: term, second: term, result: term }),
  v.object({ step: v.literal('times'), of: term, count: minor, result: term }),
  v.object({ step: v.literal('share'), of: term, numerator: minor, denominator: minor, result: term }),
  v.object({ step: v.literal('usual'), count: minor, share: minor, result: term }),
  v.object({ step: v.literal('entry'), id: v.string(), result: term }),
]);

const action = v.variant('type', [
  v.object({ type: v.literal('set-budget'), budgetId: v.string(), money }),
  v.object({ type: v.literal('add-budget'), categoryId: v.string(), month: v.string(), money }),
  v.object({ type: v.literal('check-subscription'), stream: v.string() }),
  v.object({ type: v.literal('look-at-entries') }),
]);

const insight = v.object({
  kind: v.string(),
  key: v.string(),
  subject,
  money,
  bucket: v.number(),
  since: date,
  confidence: v.picklist(['certain', 'likely', 'possible']),
  evidence: v.array(v.string()),
  arithmetic: v.array(step),
  action,
});

const stream = v.object({
  key: v.string(),
  kind: v.picklist(['expense', 'income']),
  currency: v.string(),
  title: v.string(),
  cadence: v.string(),
  amountMinor: minor,
  amountRange: v.tuple([minor, minor]),
  lastDay: minor,
  next: v.nullable(v.object({ day: minor, earliest: minor, latest: minor })),
  state: v.picklist(['active', 'late', 'stopped']),
  confidence: v.picklist(['certain', 'likely', 'possible']),
});

const advice = v.object({
  version: v.literal(adviceVersion),
  asOf: date,
  entryCount: minor,
  isTentative: v.boolean(),
  month: v.record(v.string(), v.unknown()),
  shown: v.array(insight),
  heldBack: minor,
  streams: v.array(stream),
  forecasts: v.array(v.unknown()),
  suggestions: v.array(v.object({ currency: v.string(), categoryId: v.string(), amountMinor: minor })),
  leftOut: v.array(v.object({ id: v.string(), problem: v.string() })),
  leftOutCount: minor,
  tooLarge: v.array(v.string()),
});

/** By other rules than this app's it cannot be compared with its own, and is none. */
export const isAdvice = (value: unknown): value is Advice => v.is(advice, value);
