import { deletedGroup } from './deleted-group.ts';
import { budgetId, dismissalId, forecastId } from './derived-ids.ts';
import { hashText, utf8SizeBytes } from './hash.ts';
import { type Identity, isUuid, type RecordId, type ReplicaId } from './ids.ts';
import { canonicalJson, isJsonObject, isShallow, type Json, type JsonObject } from './json.ts';
import { limits } from './limits.ts';
import { groupSchema } from './records.ts';
import * as v from 'valibot';

export { chainStart } from './chain-start.ts';
export { deletedGroup } from './deleted-group.ts';

/**
 * What an author saw of one group: the log position of the value on the screen (0: none), and the identity of an own
 * pending change that stood over it, if there was one. [F2]
 */
export type Basis = readonly [base: number] | readonly [base: number, over: Identity];

/** A new value with the basis it was typed on; a base of 0 without `over` is left out. */
export type Write =
  | readonly [value: Json]
  | readonly [value: Json, base: number]
  | readonly [value: Json, base: number, over: Identity];

/**
 * One act on one record. Its bases never change afterwards, whatever happens to the outbox.
 *
 * - without `op`: the groups in `set` were typed; `deleted: [false, ...]` among them restores the row;
 * - `generate`: a program made the row; it applies only where there is none [F7];
 * - `delete`: `see` holds the basis of every group of the row, `deleted` included [F5].
 */
export type Change = {
  readonly kind: string;
  readonly id: RecordId;
  /** The author's clock, milliseconds since 1970. Breaks ties between concurrent values only [F6]. */
  readonly at: number;
  readonly op?: 'generate' | 'delete';
  readonly set?: Readonly<Record<string, Write>>;
  readonly see?: Readonly<Record<string, Basis>>;
  /** Epoch that the bases count in; absent means the first, 1. */
  readonly epoch?: number;
  /** Identity of the first stamping, on a change that was stamped again under another replica. */
  readonly origin?: Identity;
};

/** Chain hash after `change`: 32 hex digits over the hash before it and the change's canonical text. [P3] */
export const chainHash = (previous: string, change: Json): string => hashText(previous + canonicalJson(change));

/** [P4] Identity of a change first stamped as this replica's `number`, with the chain hash there. */
export const identityOf = (replica: ReplicaId, number: number, hash: string): Identity =>
  `${replica}:${number}:${hash.slice(0, 16)}`;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isIdentity = (value: unknown): value is Identity =>
  typeof value === 'string' && value.length <= limits.identityLengthMax;

const isBasis = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= 2 &&
  isCount(value[0]) &&
  (value.length === 1 || isIdentity(value[1]));

const isWrite = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length >= 1 &&
  value.length <= 3 &&
  (value.length === 1 || isCount(value[1])) &&
  (value.length < 3 || isIdentity(value[2]));

/** Letters, digits and underscores; never a name that every object has already, such as `constructor`. */
const isGroupName = (name: string): boolean => /^[A-Za-z]\w{0,63}$/.test(name) && !(name in {});

const isRecordOf = (value: unknown, test: (member: unknown) => boolean): boolean =>
  isJsonObject(value) && Object.entries(value).every(([name, member]) => isGroupName(name) && test(member));

/** Has the shape of a change, known kind or not. Cheap: the fold asks it of every change. */
export const isChange = (value: unknown): value is Change => {
  if (!isJsonObject(value)) return false;
  const { kind, id, at, op, set, see, epoch, origin } = value;
  if (typeof kind !== 'string' || kind === '' || kind.includes('/') || !isUuid(id) || !isCount(at)) return false;
  if (epoch !== undefined && !isCount(epoch)) return false;
  if (origin !== undefined && !isIdentity(origin)) return false;
  if (op === 'delete') return set === undefined && isRecordOf(see, isBasis);
  return (op === undefined || op === 'generate') && isRecordOf(set, isWrite);
};

/** Why the server flags a change; the log keeps it all the same, and its author is shown it [S3]. */
export type RejectionReason =
  | { readonly type: 'shape' }
  | { readonly type: 'tooLarge'; readonly sizeBytesMax: number }
  | { readonly type: 'value'; readonly group: string; readonly why: string }
  | { readonly type: 'derivedId' }
  /** The record holds as many groups as one may [F9]. */
  | { readonly type: 'recordFull'; readonly groupsMax: number };

/** [P7] What `limits.changeSizeBytesMax` bounds. Without `origin`: a change at the limit may be stamped again (D8). */
export const changeSizeBytes = (change: Json): number => {
  if (!isJsonObject(change)) return utf8SizeBytes(canonicalJson(change));
  const { origin: _, ...typed } = change;
  return utf8SizeBytes(canonicalJson(typed));
};

/** [S3] The meaning of a change, checked by the form before it is queued and by the server before it is folded. */
export const checkChange = (value: unknown, sizeBytes: number): RejectionReason | undefined => {
  if (sizeBytes > limits.changeSizeBytesMax) return { type: 'tooLarge', sizeBytesMax: limits.changeSizeBytesMax };
  if (!isChange(value) || !isShallow(value, limits.nestingMax)) return { type: 'shape' };
  const groups = Object.entries(value.set ?? {});
  const named = Object.keys(value.set ?? value.see ?? {}).filter((group) => group !== deletedGroup);
  if (named.length > limits.groupsMax) return { type: 'shape' };
  if (value.op !== 'delete' && groups.every(([group]) => group === deletedGroup)) return { type: 'shape' };
  for (const [group, [written]] of groups) {
    const reason = checkValue(value.kind, group, written);
    if (reason) return reason;
  }
  return checkDerivedId(value);
};

const checkValue = (kind: string, group: string, value: Json): RejectionReason | undefined => {
  if (group === deletedGroup)
    return value === false ? undefined : { type: 'value', group, why: 'only a delete deletes' };
  const schema = groupSchema(kind, group);
  if (!isSurelySmall(value) && utf8SizeBytes(canonicalJson(value)) > limits.valueSizeBytesMax)
    return { type: 'tooLarge', sizeBytesMax: limits.valueSizeBytesMax };
  if (!schema) return undefined;
  const parsed = v.safeParse(schema, value);
  return parsed.success ? undefined : { type: 'value', group, why: parsed.issues[0].message };
};

/** A UTF-16 unit takes six bytes of JSON at most, as `\u001f` does: most texts need not be written out to be measured. */
const isSurelySmall = (value: Json): boolean =>
  typeof value === 'string' && value.length * 6 + 2 <= limits.valueSizeBytesMax;

/** Of the groups that an id is made of. */
const checkDerivedId = ({ kind, id, set = {} }: Change): RejectionReason | undefined => {
  const of = kind === 'budget' || kind === 'forecast' ? set['of']?.[0] : undefined;
  if (isJsonObject(of) && idOfMonth(kind, of) !== id) return { type: 'derivedId' };
  const insight = kind === 'dismissal' ? set['insight']?.[0] : undefined;
  return typeof insight === 'string' && dismissalId(insight) !== id ? { type: 'derivedId' } : undefined;
};

/** Nothing for what names neither a budget nor a forecast. */
const idOfMonth = (kind: string, { category, month, currency }: JsonObject): RecordId | undefined => {
  if (typeof month !== 'string' || typeof currency !== 'string') return undefined;
  if (kind === 'forecast' && category === null) return forecastId(month, currency, null);
  if (typeof category !== 'string') return undefined;
  return kind === 'forecast' ? forecastId(month, currency, category) : budgetId(category, month, currency);
};
