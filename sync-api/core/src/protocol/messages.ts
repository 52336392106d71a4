import * as v from 'valibot';
import { isReplicaId } from './ids.ts';
import { isShallow, type Json } from './json.ts';
import { limits } from './limits.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));
const replica = v.pipe(
  v.string(),
  v.check((text) => isReplicaId(text), 'not a replica id'),
);
const json = v.custom<Json>((value) => value !== undefined);
/** [P7] A request that nests deeper is refused whole: no program queues such a change, and none may hash it. */
const change = v.custom<Json>((value) => value !== undefined && isShallow(value as Json, limits.nestingMax));

/** [P5] A run of one replica's changes, whose chain hash before the first is `previous`. */
const push = v.looseObject({ first: positive, previous: hash, changes: v.pipe(v.array(change), v.minLength(1)) });

/** [P5] Push and pull in one request. */
export const syncRequestSchema = v.looseObject({
  protocol: positive,
  schema: positive,
  /** The account the device believes it is; a server of another account refuses. */
  space: v.string(),
  replica,
  epoch: positive,
  /** Last log position this device has folded, 0 at first, and the digest of its rows there. */
  cursor: count,
  digest: hash,
  push: v.optional(push),
  /** [L5] The digest at the last position divisible by `entriesPerSnapshot` that was folded, until the server judged it. */
  checkpoint: v.optional(v.looseObject({ seq: positive, digest: hash })),
  /** [L2] Entries from the archives are wanted, not a snapshot. */
  want: v.optional(v.literal('entries')),
  /** [L2] Position of a snapshot that did not hold what it said: an older one is wanted. */
  avoid: v.optional(count),
});

const rejection = v.looseTuple([positive, v.looseObject({ type: v.string() })]);

const changesEntry = v.looseObject({
  type: v.literal('changes'),
  seq: positive,
  epoch: positive,
  receivedAt: count,
  replica,
  first: positive,
  previous: hash,
  hash,
  changes: v.array(json),
  rejected: v.array(rejection),
});

/** [P6] Stands for an entry that the asking replica pushed itself: the range, and the hash at its end. */
const ownEntry = v.looseObject({
  type: v.literal('own'),
  seq: positive,
  epoch: positive,
  receivedAt: count,
  first: positive,
  last: positive,
  hash,
  rejected: v.array(rejection),
});

/** Epochs that are no part of the log, each with the last position it has in common with it. */
const abandoned = v.exactOptional(v.array(v.tuple([positive, count])));

const epochEntry = v.looseObject({
  type: v.literal('epoch'),
  seq: positive,
  epoch: positive,
  receivedAt: count,
  restoredHead: count,
  abandoned,
});
const sealEntry = v.looseObject({ type: v.literal('seal'), seq: positive, epoch: positive, receivedAt: count });
const serverEntry = v.looseObject({
  type: v.literal('server'),
  seq: positive,
  epoch: positive,
  receivedAt: count,
  id: v.string(),
  changes: v.array(json),
});

const wireEntry = v.variant('type', [changesEntry, ownEntry, epochEntry, sealEntry, serverEntry]);

const refusal = v.looseObject({
  type: v.string(),
  message: v.string(),
  head: v.optional(count),
  limitBytes: v.optional(count),
  delayMs: v.optional(count),
});

/** A restore that bases of older epochs are judged by. */
const epochMark = v.looseObject({ epoch: positive, restoredHead: count, abandoned });

/** [L2] The ledger at one position, to be fetched in parts. Position 0 has no parts: an empty ledger. */
const reset = v.looseObject({
  epoch: positive,
  seq: count,
  digest: hash,
  epochs: v.array(epochMark),
  /** Hash of each part's text, and how many records and journal records it holds. */
  parts: v.array(v.looseObject({ hash, records: count })),
  /** What the log had of the asking replica there. */
  known: v.nullable(v.looseObject({ last: positive, hash })),
  /** The asker's own ledger is not the log's and has to be replaced; what it has above this never happened. */
  voidAbove: v.exactOptional(count),
});

/** [P6] The contiguous run of entries after the request's cursor, and what the server knows of the asker. */
export const syncAnswerSchema = v.looseObject({
  epoch: positive,
  /** Position of the log's last entry. */
  head: count,
  serverTime: count,
  /** What the server has of this replica, or null for none. */
  acknowledged: v.nullable(v.looseObject({ last: positive, hash })),
  entries: v.array(wireEntry),
  more: v.boolean(),
  /** The push was refused (fork, gap, stale); the pull beside it still holds. */
  refusal: v.optional(refusal),
  /** Instead of entries. */
  reset: v.optional(reset),
  /** What became of the request's checkpoint; absent while the snapshot to compare with is still to be taken. */
  checkpoint: v.optional(v.picklist(['same', 'differs', 'unknown'])),
});

/** [L2] One part of a snapshot, by the position and epoch that the reset named. */
export const partRequestSchema = v.looseObject({
  protocol: positive,
  space: v.string(),
  epoch: positive,
  seq: positive,
  part: count,
});

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(limits.nameLengthMax));

/** [L3] What happened to one record after a position; 0 for all of it. */
export const historyRequestSchema = v.looseObject({
  protocol: positive,
  space: v.string(),
  kind: name,
  id: name,
  after: count,
});

/** [L3] Oldest first. `next`: where to ask on from, null at the end; a page without changes may still have a next. */
export const historyPageSchema = v.looseObject({
  changes: v.array(
    v.looseObject({
      seq: positive,
      epoch: positive,
      receivedAt: count,
      identity: v.string(),
      change: json,
      /** The server flagged it: it changed nothing. */
      isRejected: v.boolean(),
    }),
  ),
  next: v.nullable(count),
});

/** [L7] Asks what the server's own fold of the whole log comes to. */
export const receiptRequestSchema = v.looseObject({ protocol: positive, space: v.string() });

/** [L7] A device at that position of that epoch compares. */
export const receiptSchema = v.looseObject({
  epoch: positive,
  head: count,
  digest: hash,
  /** Expenses and income that are not deleted. */
  entryCount: count,
});

/** [L6] The account is sealed and what is deleted is gone; the rest goes once no function can still be writing. */
export const accountDeletionSchema = v.looseObject({ sealedAt: count, restGoneAt: count });

/** [P9] Any other refusal: no pull comes with it. */
export const refusalBodySchema = v.looseObject({ error: refusal });

export type SyncRequest = v.InferOutput<typeof syncRequestSchema>;
export type SyncAnswer = v.InferOutput<typeof syncAnswerSchema>;
export type Reset = v.InferOutput<typeof reset>;
export type PartRequest = v.InferOutput<typeof partRequestSchema>;
export type WireEntry = v.InferOutput<typeof wireEntry>;
export type HistoryRequest = v.InferOutput<typeof historyRequestSchema>;
export type WireHistoryPage = v.InferOutput<typeof historyPageSchema>;
export type ReceiptRequest = v.InferOutput<typeof receiptRequestSchema>;
export type WireReceipt = v.InferOutput<typeof receiptSchema>;
export type AccountDeletion = v.InferOutput<typeof accountDeletionSchema>;
