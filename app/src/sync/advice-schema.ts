import {
  type Advice,
  adviceVersion,
  type Cadence,
  type EntryProblem,
  type InsightKind,
  type TermName,
} from '@fintrack/advisor-core';
import { dayNumberToDate, isCalendarDate, isCalendarMonth, isCurrency } from '@fintrack/sync-core/protocol';
import * as v from 'valibot';

/** What the screens read of an advice; the rest is compared as text alone, and may be anything. */
const minor = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const range = v.tuple([minor, minor]);
const currency = v.pipe(v.string(), v.check(isCurrency));
const money = v.object({ minor, currency });
const date = v.pipe(v.string(), v.check(isCalendarDate));
/** A day number. */
const day = v.pipe(
  minor,
  v.check((number) => isCalendarDate(dayNumberToDate(number))),
);
const month = v.pipe(v.string(), v.check(isCalendarMonth));
const categoryId = v.nullable(v.string());
const entryKind = v.picklist(['expense', 'income']);
const confidence = v.picklist(['certain', 'likely', 'possible']);

/** Of a name that is missing here, or one too many, the compiler complains. */
const namesOf = <T extends string>(names: Readonly<Record<T, true>>) => v.picklist(Object.keys(names) as T[]);

const insightKind = namesOf<InsightKind>({
  'budget-over': true,
  'budget-above-pace': true,
  'forecast-over-budget': true,
  'duplicate-charge': true,
  'unusual-amount': true,
  'price-rise': true,
  'payment-late': true,
  'payment-stopped': true,
  'level-change': true,
  'budget-suggestion': true,
  'savings-rate': true,
});

const cadence = namesOf<Cadence>({
  weekly: true,
  'two-weekly': true,
  'four-weekly': true,
  monthly: true,
  'two-monthly': true,
  quarterly: true,
  'half-yearly': true,
  yearly: true,
});

const termName = namesOf<TermName>({
  spent: true,
  'spent-by-now': true,
  budget: true,
  'expected-by-now': true,
  over: true,
  'above-pace': true,
  'forecast-rest': true,
  forecast: true,
  'price-before': true,
  'price-now': true,
  rise: true,
  'rise-a-year': true,
  amount: true,
  usual: true,
  income: true,
  saved: true,
  'level-before': true,
  'level-now': true,
  change: true,
  suggested: true,
});
const term = v.object({ name: termName, minor });

const problem = namesOf<EntryProblem>({
  id: true,
  kind: true,
  date: true,
  amount: true,
  currency: true,
  title: true,
  category: true,
});

const subject = v.variant('type', [
  v.object({ type: v.literal('budget'), budgetId: v.string(), categoryId: v.string(), month }),
  v.object({ type: v.literal('category'), categoryId, month }),
  v.object({ type: v.literal('stream'), stream: v.string(), title: v.string() }),
  v.object({ type: v.literal('entry'), entryId: v.string(), title: v.string() }),
  v.object({ type: v.literal('month'), month }),
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
  v.object({ type: v.literal('add-budget'), categoryId: v.string(), month, money }),
  v.object({ type: v.literal('check-subscription'), stream: v.string() }),
  v.object({ type: v.literal('look-at-entries') }),
]);

const insight = v.object({
  kind: insightKind,
  key: v.string(),
  subject,
  money,
  bucket: v.number(),
  since: date,
  confidence,
  evidence: v.array(v.string()),
  arithmetic: v.array(step),
  action,
});

const stream = v.object({
  key: v.string(),
  kind: entryKind,
  currency,
  title: v.string(),
  cadence,
  amountMinor: minor,
  amountRange: range,
  lastDay: day,
  next: v.nullable(v.object({ day, earliest: day, latest: day })),
  state: v.picklist(['active', 'late', 'stopped']),
  confidence,
});

const upcoming = v.object({
  currency,
  postings: v.array(
    v.object({
      streamKey: v.string(),
      kind: entryKind,
      day,
      earliest: day,
      latest: day,
      amountMinor: minor,
      amountRange: range,
      isLate: v.boolean(),
      confidence,
    }),
  ),
  cashFlow: v.object({ spentMinor: minor, earnedMinor: minor, netMinor: minor }),
});

const forecast = v.object({
  currency,
  of: v.variant('type', [
    v.object({ type: v.literal('total') }),
    v.object({ type: v.literal('category'), categoryId }),
  ]),
  subject: v.string(),
  pointMinor: minor,
  lowMinor: minor,
  highMinor: minor,
  spentMinor: minor,
  monthsUsed: count,
  isReliable: v.boolean(),
  record: v.object({ count, coveredPercent: count, medianErrorPercent: count, isPoor: v.boolean() }),
});

/** Of the month screens read the budgets' names here; what else it says they work out themselves. */
const monthAdvice = v.object({
  asOf: date,
  month,
  totals: v.array(v.unknown()),
  budgets: v.array(v.object({ budgetId: v.string(), categoryId: v.string() })),
  summary: v.array(v.unknown()),
});

const advice = v.object({
  version: v.literal(adviceVersion),
  asOf: date,
  entryCount: count,
  isTentative: v.boolean(),
  month: monthAdvice,
  shown: v.array(insight),
  heldBack: count,
  streams: v.array(stream),
  upcoming: v.array(upcoming),
  forecasts: v.array(forecast),
  suggestions: v.array(v.object({ currency, categoryId: v.string(), amountMinor: minor })),
  savings: v.array(v.unknown()),
  leftOut: v.array(v.object({ id: v.string(), problem })),
  leftOutCount: count,
  tooLarge: v.array(v.string()),
});

/** By other rules than this app's it cannot be compared with its own, and is none. */
export const isAdvice = (value: unknown): value is Advice => v.is(advice, value);
