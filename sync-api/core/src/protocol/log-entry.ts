import type { Change, RejectionReason } from './change.ts';
import type { Identity, RecordKey, ReplicaId } from './ids.ts';
import type { Json } from './json.ts';

/** A change the server flagged, by its number. */
export type Rejection = readonly [number: number, reason: RejectionReason];

/** One push of one replica: an atomic run of its changes. */
export type ChangesEntry = {
  readonly type: 'changes';
  /** Position in the space's log, dense from 1. */
  readonly seq: number;
  readonly epoch: number;
  /** The server's clock when it took the batch, milliseconds since 1970. */
  readonly receivedAt: number;
  readonly replica: ReplicaId;
  /** Number of the first change; the others follow without a gap. */
  readonly first: number;
  /** Chain hash before the first change and after the last one. */
  readonly previous: string;
  readonly hash: string;
  /** As sent, rejected ones among them: any JSON, read through `isChange` only. */
  readonly changes: readonly Json[];
  readonly rejected: readonly Rejection[];
};

/** The server was restored from a backup whose log ended at `restoredHead`; what was above it never happened. */
export type EpochEntry = {
  readonly type: 'epoch';
  readonly seq: number;
  readonly epoch: number;
  readonly receivedAt: number;
  readonly restoredHead: number;
  readonly abandoned?: readonly AbandonedEpoch[];
};

/**
 * An epoch that is no part of this log, since the backup was older than its opening, and the last position that its log
 * has in common with this one.
 */
export type AbandonedEpoch = readonly [epoch: number, commonHead: number];

/** The account is being deleted: nothing follows. */
export type SealEntry = {
  readonly type: 'seal';
  readonly seq: number;
  readonly epoch: number;
  readonly receivedAt: number;
};

/** A write by the server itself: no chain, no `over` [F10]. */
export type ServerEntry = {
  readonly type: 'server';
  readonly seq: number;
  readonly epoch: number;
  readonly receivedAt: number;
  /** UUID version 5 of the caller's token and idempotency key. */
  readonly id: Identity;
  readonly changes: readonly Json[];
};

export type LogEntry = ChangesEntry | EpochEntry | SealEntry | ServerEntry;

/** What a log has of one replica: its last change number, the chain hash there, and the entry that brought them. */
export type ReplicaMark = readonly [last: number, hash: string, seq: number];

/** What a log has of each replica that wrote lately; the archive of marks has the others [S6]. */
export type StateVector = Readonly<Record<ReplicaId, ReplicaMark>>;

/** A log entry as the server keeps it: with the vector after it, so that one write tells everything. */
export type StoredEntry = { readonly entry: LogEntry; readonly vector: StateVector; readonly sizeBytes: number };

/** A restore that bases of older epochs are judged by. */
export type EpochMark = {
  readonly epoch: number;
  readonly restoredHead: number;
  readonly abandoned?: readonly AbandonedEpoch[];
};

export type { Change, RecordKey };
