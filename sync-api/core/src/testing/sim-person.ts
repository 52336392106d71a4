import type { Act } from '../client/record-acts.ts';
import type { Sight } from '../client/basis.ts';
import type { Identity, RecordKey } from '../protocol/ids.ts';
import type { Json } from '../protocol/json.ts';
import { idOfKey, kindOfKey } from '../protocol/ids.ts';
import { isDeleted, isLive, type Row } from '../row.ts';
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
  typedAt: number;
  isClockRight: boolean;
  /** Set when the device committed it; a deed that a crash cut off before that never was. */
  identity: Identity | null;
  /** The server is expected to flag it. */
  readonly isPoison: boolean;
  /** Its profile was put back to an earlier copy before the change could leave. */
  isErased: boolean;
};

export type Plan = { readonly act: Act; readonly deed: Deed };

const groups = ['description', 'note'] as const;

/** The text in a group; the worlds' people type nothing else. */
export const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const textsOf = (row: Row | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(row?.cells ?? {}).map(([group, cell]) => [group, textOf(cell.value)]));

/** Draws what a person does next with a record, given what is on the screen. */
export const planAct = (
  random: Random,
  device: string,
  key: RecordKey,
  shown: Row | undefined,
  sight: Sight,
  fresh: () => string,
): Plan | undefined => {
  const on = { kind: kindOfKey(key), id: idOfKey(key), sight };
  const value = () => (random.chance(0.1) ? random.pick(['tea', 'rent']) : fresh());
  const deed = (type: Deed['type'], values: Record<string, string>): Deed => ({
    type,
    key,
    device,
    values,
    seen: isLive(shown) ? textsOf(shown) : {},
    seenDeletion: shown && isDeleted(shown) ? (shown.deleted?.version.by ?? null) : null,
    typedAt: 0,
    isClockRight: true,
    identity: null,
    isPoison: false,
    isErased: false,
  });
  if (!shown) {
    const values = { description: value(), note: value() };
    const generates = kindOfKey(key) === 'template' && random.chance(0.7);
    if (!generates) return { act: { ...on, type: 'set', values }, deed: deed('write', values) };
    const made = { description: `made for ${key}`, note: 'made' };
    return { act: { ...on, type: 'generate', values: made }, deed: deed('generate', made) };
  }
  if (isDeleted(shown)) {
    if (random.chance(0.6)) return undefined;
    const values = { description: value(), note: value() };
    return { act: { ...on, type: 'set', values, restore: true }, deed: deed('write', values) };
  }
  if (random.chance(0.2)) return { act: { ...on, type: 'delete' }, deed: deed('delete', {}) };
  const values = random.chance(0.25) ? { description: value(), note: value() } : { [random.pick(groups)]: value() };
  return { act: { ...on, type: 'set', values }, deed: deed('write', values) };
};
