import {
  type ChangesEntry,
  type Json,
  limits,
  type LogEntry,
  type ReplicaMark,
  type StateVector,
  type StoredEntry,
} from '@fintrack/sync-core/protocol';
import * as v from 'valibot';
import { packJson, unpackJson } from './packed-json.ts';
import { packVector, unpackVector } from './packed-vector.ts';

/**
 * One item of the log: the entry's members, and beside them the vector after it. Changes, vector and hashes are packed:
 * ten changes of an ordinary day fit into one write unit.
 *
 * Members are found under their own names, two of them spelt as columns are (`received_at`, `restored_head`). Those that
 * this program does not know are kept as they are, in both directions, and so are entries of unknown types [F9]. Items of
 * the log's first version, with nothing packed but the changes, are read as well.
 */
export type LogItem = Readonly<Record<string, unknown>>;

/** What an item weighs, known before it is unpacked. */
export type LogItemSize = {
  /** Of the packed changes and the flags: what is read, and roughly what is sent compressed. */
  readonly storedSizeBytes: number;
  /** Of the changes as canonical JSON: what unpacking costs in memory. */
  readonly rawSizeBytes: number;
};

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const itemSchema = v.looseObject({
  space: v.string(),
  seq: count,
  type: v.string(),
  epoch: count,
  received_at: count,
  vector: v.union([v.instance(Uint8Array), v.record(v.string(), v.looseTuple([count, v.string()]))]),
  changes: v.optional(v.instance(Uint8Array)),
  raw_size: v.optional(count),
  restored_head: v.optional(count),
});

/** What must be there, by type, for the fold and the server to work; other types need nothing more. */
const memberSchemas: Readonly<Record<string, v.GenericSchema>> = {
  changes: v.looseObject({
    replica: v.string(),
    first: count,
    previous: v.string(),
    hash: v.string(),
    changes: v.array(v.unknown()),
    rejected: v.array(v.looseTuple([count, v.looseObject({ type: v.string() })])),
  }),
  server: v.looseObject({ id: v.string(), changes: v.array(v.unknown()) }),
  epoch: v.looseObject({ restoredHead: count }),
};

export const entryToItem = async (
  space: string,
  entry: LogEntry,
  vector: StateVector,
): Promise<LogItem & { readonly changes?: Uint8Array }> => {
  const { receivedAt, changes, restoredHead, ...members } = { changes: undefined, restoredHead: undefined, ...entry };
  const packed = changes && (await packJson(changes));
  return {
    ...packMembers(members),
    space,
    received_at: receivedAt,
    vector: packVector(withoutOwn(entry, vector)),
    ...(restoredHead !== undefined && { restored_head: restoredHead }),
    ...(packed && { changes: packed.bytes, raw_size: packed.rawSizeBytes }),
  };
};

/** The mark that a batch itself sets follows from it, and is not kept twice. */
const withoutOwn = (entry: LogEntry, vector: StateVector): StateVector => {
  if (entry.type !== 'changes' || !isSameMark(vector[entry.replica], ownMark(entry))) return vector;
  const { [entry.replica]: _, ...others } = vector;
  return others;
};

const withOwn = (entry: LogEntry, vector: StateVector): StateVector =>
  entry.type === 'changes' && !vector[entry.replica] ? { ...vector, [entry.replica]: ownMark(entry) } : vector;

const ownMark = ({ first, changes, hash, seq }: ChangesEntry): ReplicaMark => [first + changes.length - 1, hash, seq];

const isSameMark = (a: ReplicaMark | undefined, b: ReplicaMark): boolean =>
  a !== undefined && a.every((part, index) => part === b[index]);

/** Hex digits as the bytes they stand for; a batch without flags says nothing of them. */
const packMembers = (members: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const packed: Record<string, unknown> = { ...members };
  for (const name of hexMembers) {
    const text = members[name];
    if (typeof text === 'string' && isWholeHex(text)) packed[name] = Buffer.from(text, 'hex');
  }
  if (Array.isArray(members['rejected']) && members['rejected'].length === 0) delete packed['rejected'];
  return packed;
};

const hexMembers = ['replica', 'previous', 'hash'] as const;
const isWholeHex = (text: string): boolean => /^(?:[0-9a-f]{2})+$/.test(text);

const unpackMembers = (members: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const unpacked: Record<string, unknown> = { ...members };
  for (const name of hexMembers) {
    const bytes = members[name];
    if (bytes instanceof Uint8Array) unpacked[name] = Buffer.from(bytes).toString('hex');
  }
  if (members['type'] === 'changes') unpacked['rejected'] ??= [];
  return unpacked;
};

/** Rejects on an item that no version of this program wrote: a bug, or damage. */
export const itemToEntry = async (item: LogItem): Promise<StoredEntry> => {
  const { space: _, vector, changes, raw_size, received_at, restored_head, ...members } = v.parse(itemSchema, item);
  const entry = {
    ...unpackMembers(members),
    receivedAt: received_at,
    ...(restored_head !== undefined && { restoredHead: restored_head }),
    ...(changes && { changes: await unpackJson(changes, raw_size ?? limits.requestSizeBytesMax) }),
  };
  const schema = memberSchemas[members.type];
  // A type of a newer program has at least the common members; readers tell types apart before they read more.
  const read = (schema ? v.parse(schema, entry) : entry) as LogEntry;
  return {
    entry: read,
    vector: vector instanceof Uint8Array ? withOwn(read, unpackVector(vector)) : firstVector(vector),
    sizeBytes: itemSize(item).storedSizeBytes,
  };
};

/** The log's first version did not say where a replica's last entry stands: it counts as silent longest. */
const firstVector = (vector: Readonly<Record<string, readonly [number, string, ...unknown[]]>>): StateVector =>
  Object.fromEntries(
    Object.entries(vector).map(([replica, [last, hash, seq]]) => [
      replica,
      [last, hash, typeof seq === 'number' ? seq : 0] as const,
    ]),
  );

export const itemSize = ({ changes, raw_size, rejected }: LogItem): LogItemSize => ({
  storedSizeBytes: headSizeBytes + (changes instanceof Uint8Array ? changes.byteLength : 0) + flagsSizeBytes(rejected),
  rawSizeBytes: typeof raw_size === 'number' ? raw_size : 0,
});

/** Seq, replica, two hashes and the rest of an entry as it is sent, rounded up. */
const headSizeBytes = 256;

const flagsSizeBytes = (rejected: unknown): number =>
  Array.isArray(rejected) && rejected.length > 0 ? JSON.stringify(rejected satisfies readonly Json[]).length : 0;
