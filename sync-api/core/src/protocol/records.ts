import * as v from 'valibot';
import { isCalendarDate, isCalendarMonth } from './calendar-date.ts';
import { isUuid } from './ids.ts';
import { limits } from './limits.ts';
import { amountMinorMax, isCurrency } from './money.ts';

/**
 * The kinds of record and their field groups: fields that move together are one group, so that a merge never mixes an
 * amount with another's currency. Kinds and groups that are not listed here pass through unread [F9].
 */
const currency = v.pipe(v.string(), v.check(isCurrency, 'unknown currency'));
const minor = v.pipe(v.number(), v.safeInteger(), v.minValue(-amountMinorMax), v.maxValue(amountMinorMax));
const money = v.object({ minor, currency });
const date = v.pipe(v.string(), v.check(isCalendarDate, 'no such date'));
const month = v.pipe(v.string(), v.check(isCalendarMonth, 'no such month'));
const id = v.pipe(
  v.string(),
  v.check((text) => isUuid(text), 'not an id'),
);
const text = v.pipe(v.string(), v.maxLength(limits.textLengthMax));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(limits.nameLengthMax));
const tags = v.pipe(v.array(v.pipe(v.string(), v.maxLength(limits.nameLengthMax))), v.maxLength(limits.tagsMax));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const recordSchemas = {
  expense: {
    amount: money,
    date,
    category: v.nullable(id),
    description: text,
    note: text,
    tags,
    import: v.nullable(id),
  },
  income: { amount: money, date, source: text, note: text, tags, import: v.nullable(id) },
  /** `of` names what the derived id stands for and never changes [F7]. */
  budget: { of: v.object({ category: id, month, currency }), amount: money },
  category: {
    name,
    /** One of the ten category hues, and an icon's name. */
    look: v.object({ hue: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(9)), icon: v.string() }),
    order: count,
    /** Set when merged into another category: entries of this one show there. */
    forward: v.nullable(id),
  },
  profile: {
    name: v.pipe(v.string(), v.maxLength(limits.nameLengthMax)),
    currency,
    locale: v.string(),
    monthStart: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(28)),
  },
  template: {
    makes: v.picklist(['expense', 'income']),
    amount: money,
    description: text,
    category: v.nullable(id),
    every: v.object({ unit: v.picklist(['day', 'week', 'month', 'year']), count: v.pipe(count, v.minValue(1)) }),
    start: date,
    until: v.nullable(date),
  },
  /** Takes a card of advice away, or a notice: `insight` is the card's key or the `journalId` [F7]. */
  dismissal: { insight: text, reason: text },
  /** What a month was expected to cost, of one category or (null) in all, as it was said on the day `made` [F7]. */
  forecast: {
    of: v.object({ month, currency, category: v.nullable(id) }),
    made: date,
    amount: money,
    /** Minor units of the currency of `of`. */
    range: v.object({ low: minor, high: minor }),
  },
  import: { file: v.object({ name: text, sizeBytes: count }), rows: count, at: count },
  setting: { name, value: v.unknown() },
} as const;

export type KnownKind = keyof typeof recordSchemas;
type GroupsOf<K extends KnownKind> = (typeof recordSchemas)[K];

/** The values of a record of a known kind, by group. A group that nobody wrote yet is absent. */
export type RecordValues<K extends KnownKind> = {
  -readonly [G in keyof GroupsOf<K>]?: GroupsOf<K>[G] extends v.GenericSchema ? v.InferOutput<GroupsOf<K>[G]> : never;
};

export const isKnownKind = (kind: string): kind is KnownKind => Object.hasOwn(recordSchemas, kind);

/** The schema of one group, or nothing for a kind or group of a newer program. */
export const groupSchema = (kind: string, group: string): v.GenericSchema | undefined => {
  if (!isKnownKind(kind)) return undefined;
  const groups: Readonly<Record<string, v.GenericSchema>> = recordSchemas[kind];
  return Object.hasOwn(groups, group) ? groups[group] : undefined;
};

/** Kinds whose rows reach the domain's tables; all others live in the log and its snapshots only. */
export const tableKinds = ['expense', 'income', 'budget', 'dismissal', 'forecast'] as const;
