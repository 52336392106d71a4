import { type Json, limits, type LogEntry, type StateVector, type StoredEntry } from '@fintrack/sync-core/protocol';
import * as v from 'valibot';
import { gzipToJson, jsonToGzip } from './gzip-json.ts';

/**
 * One item of the log: the entry's members, with `changes` gzipped, and beside them the vector after it.
 *
 * Members are found under their own names, two of them spelt as columns are (`received_at`, `restored_head`). Those that
 * this program does not know are kept as they are, in both directions, and so are entries of unknown types [F9].
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
  vector: v.record(v.string(), v.tuple([count, v.string(), count])),
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
    rejected: v.array(v.tuple([count, v.looseObject({ type: v.string() })])),
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
  const packed = changes && (await jsonToGzip(changes));
  return {
    ...members,
    space,
    received_at: receivedAt,
    vector,
    ...(restoredHead !== undefined && { restored_head: restoredHead }),
    ...(packed && { changes: packed.bytes, raw_size: packed.rawSizeBytes }),
  };
};

/** Rejects on an item that no version of this program wrote: a bug, or damage. */
export const itemToEntry = async (item: LogItem): Promise<StoredEntry> => {
  const { space: _, vector, changes, raw_size, received_at, restored_head, ...members } = v.parse(itemSchema, item);
  const entry = {
    ...members,
    receivedAt: received_at,
    ...(restored_head !== undefined && { restoredHead: restored_head }),
    ...(changes && { changes: await gzipToJson(changes, raw_size ?? limits.requestSizeBytesMax) }),
  };
  const schema = memberSchemas[entry.type];
  // A type of a newer program has at least the common members; readers tell types apart before they read more.
  return {
    entry: (schema ? v.parse(schema, entry) : entry) as LogEntry,
    vector,
    sizeBytes: itemSize(item).storedSizeBytes,
  };
};

export const itemSize = ({ changes, raw_size, rejected }: LogItem): LogItemSize => ({
  storedSizeBytes: headSizeBytes + (changes instanceof Uint8Array ? changes.byteLength : 0) + flagsSizeBytes(rejected),
  rawSizeBytes: typeof raw_size === 'number' ? raw_size : 0,
});

/** Seq, replica, two hashes and the rest of an entry as it is sent, rounded up. */
const headSizeBytes = 256;

const flagsSizeBytes = (rejected: unknown): number =>
  Array.isArray(rejected) && rejected.length > 0 ? JSON.stringify(rejected satisfies readonly Json[]).length : 0;
