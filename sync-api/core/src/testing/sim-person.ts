import type { Sight } from '../client/basis.ts';
import type { Act } from '../client/record-acts.ts';
import type { JournalRecord } from '../client/index.ts';
import { type Identity, idOfKey, kindOfKey, type RecordKey, recordKey } from '../protocol/ids.ts';
import type { Json } from '../protocol/json.ts';
import { isDeleted, isLive, type Row } from '../row.ts';
import { builtInCategoryId } from '../protocol/derived-ids.ts';
import { testId } from './change-builder.ts';
import type { Random } from './random.ts';

/**
 * What a person did and what stood on the screen, written down independently of the fold. Values are texts, nearly all
 * of them unique, so that a value names the act that typed it.
 */
export type Deed = {
  readonly type: 'write' | 'delete' | 'generate';
  readonly key: RecordKey;
  readonly device: string;
  /** Typed values by group. */
  readonly values: Readonly<Record<string, string>>;
  /** Values on the screen by group, and the deed behind a tombstone that was on it. */
  readonly seen: Readonly<Record<string, string>>;
  readonly seenDeletion: Identity | null;
  /** World time when it was typed, and whether the device's clock told it right. */
  readonly typedAt: number;
  readonly isClockRight: boolean;
  /** Given when the device commits it; a deed that was cut off before that never was. */
  readonly identity: Identity;
  /** The server is expected to flag it. */
  readonly isPoison: boolean;
  /** Typed on a ledger that was damaged: it says of positions that they were seen whose values never stood there [L5]. */
  readonly isMisled?: boolean;
};

/** An act to be, and the deed it becomes where it commits. */
export type Plan = { readonly act: Act; readonly deed: Omit<Deed, 'typedAt' | 'isClockRight' | 'identity'> };

export type OnScreen = { readonly key: RecordKey; readonly shown: Row | undefined; readonly sight: Sight };

export type Person = {
  readonly device: string;
  /** Uses a program that knows more kinds and groups. */
  readonly isNewer: boolean;
  /** A text that nobody typed before. */
  readonly fresh: () => string;
};

/** The records of a world: few, so that people meet. Programs make the templates. */
export const worldKeys: readonly RecordKey[] = [
  ...[1, 2, 3, 4].map((n) => recordKey('expense', testId(n))),
  recordKey('template', testId(5)),
  // Of an id that is made of what the record stands for: claiming a deleted one says so [D9].
  recordKey('template', builtInCategoryId('world')),
];
/** Of a kind that only the newer program knows. */
export const newerKey: RecordKey = recordKey('hologram', testId(7));

const groups = ['description', 'note'] as const;
/** The day of every expense, by which the tables' indexes list it; nobody types another, so that none is ever lost. */
const worldDate = '2026-03-01';
const isWhole = (values: Record<string, Json>): boolean => groups.every((group) => group in values);
/** A group that only the newer program knows. */
const newerGroup = 'later';

/** A value in one text, whatever its shape. */
export const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const textsOf = (row: Row | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(row?.cells ?? {}).map(([group, cell]) => [group, textOf(cell.value)]));

/** Draws what a person does next with a record, given what is on the screen. */
export const planAct = (random: Random, person: Person, screen: OnScreen): Plan | undefined => {
  const { key, shown } = screen;
  const value = () => (random.chance(0.1) ? random.pick(['tea', 'rent']) : person.fresh());
  const both = () => withNewer(random, person, { description: value(), note: value() });
  if (!shown) {
    const generates = kindOfKey(key) === 'template' && random.chance(0.7);
    if (!generates) return planOf(person, screen, 'write', both());
    return planOf(person, screen, 'generate', { description: `made for ${key}`, note: 'made' });
  }
  if (isDeleted(shown)) return random.chance(0.6) ? undefined : planOf(person, screen, 'restore', both());
  if (random.chance(0.2)) return planOf(person, screen, 'delete', {});
  if (random.chance(0.25)) return planOf(person, screen, 'write', both());
  return planOf(person, screen, 'write', withNewer(random, person, { [random.pick(groups)]: value() }));
};

/** Puts a value that lost a conflict back, from the journal. */
export const planRestore = (person: Person, screen: OnScreen, lost: JournalRecord): Plan | undefined => {
  if (lost.type !== 'lost' || !screen.shown) return undefined;
  return planOf(person, screen, isDeleted(screen.shown) ? 'restore' : 'write', { [lost.group]: lost.value });
};

/** The act as a broken program would queue it: with a value that no schema allows, which the person sees as typed. */
export const poisoned = (plan: Plan): Plan => {
  if (plan.act.type === 'delete') return { ...plan, deed: { ...plan.deed, isPoison: true } };
  const bad = { [kindOfKey(plan.deed.key) === 'expense' ? 'date' : 'start']: 'the day before' };
  const act = { ...plan.act, values: { ...plan.act.values, ...bad } };
  return { act, deed: { ...plan.deed, values: { ...plan.deed.values, ...bad }, isPoison: true } };
};

const withNewer = (random: Random, person: Person, values: Record<string, Json>): Record<string, Json> =>
  person.isNewer && random.chance(0.4) ? { ...values, [newerGroup]: { deep: [person.fresh(), null] } } : values;

const planOf = (
  person: Person,
  { key, shown, sight }: OnScreen,
  type: Deed['type'] | 'restore',
  values: Record<string, Json>,
): Plan => {
  const on = { kind: kindOfKey(key), id: idOfKey(key), sight };
  const deed: Plan['deed'] = {
    type: type === 'restore' ? 'write' : type,
    key,
    device: person.device,
    values: Object.fromEntries(Object.entries(values).map(([group, value]) => [group, textOf(value)])),
    seen: isLive(shown) ? textsOf(shown) : {},
    seenDeletion: shown && isDeleted(shown) ? (shown.deleted?.version.by ?? null) : null,
    isPoison: false,
  };
  if (type === 'delete') return { act: { ...on, type: 'delete' }, deed };
  if (type === 'generate') return { act: { ...on, type: 'generate', values }, deed };
  const typed = on.kind === 'expense' && isWhole(values) ? { ...values, date: worldDate } : values;
  return { act: { ...on, type: 'set', values: typed, ...(type === 'restore' ? { restore: true } : {}) }, deed };
};
