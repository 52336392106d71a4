import type { JournalRecord } from '../journal.ts';
import type { Change } from '../protocol/change.ts';
import type { Identity, RecordKey, ReplicaId, SpaceId } from '../protocol/ids.ts';
import type { Json } from '../protocol/json.ts';
import type { EpochMark } from '../protocol/log-entry.ts';
import type { Reset } from '../protocol/messages.ts';
import type { Row } from '../row.ts';

/** What a replica knows of itself and of the log. One value, written in the transaction of whatever it describes. */
export type ReplicaMeta = {
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  /** Number that the next change gets, and the chain hash before it [D4]. */
  readonly nextNumber: number;
  readonly chain: string;
  /** Own changes seen in the log: the last one's number and the chain hash there. */
  readonly confirmedNumber: number;
  readonly confirmedChain: string;
  /** Last log position folded, in this epoch, and the digest of the confirmed rows there. */
  readonly cursor: number;
  readonly epoch: number;
  readonly digest: string;
  readonly epochs: readonly EpochMark[];
  /** Set while a cloned or restored profile takes a new identity [D8]. */
  readonly reidentify?: Reidentify;
  /** A refused push waits until the log is folded up to here [D8]. */
  readonly pullFirst?: number;
  /** The account is deleted: the server takes nothing more. */
  readonly sealed?: true;
  /** A snapshot is taking the place of the confirmed rows [L2]. */
  readonly bootstrap?: Bootstrap;
  /** Entries are asked for up to here, not a snapshot: it would hide what became of own changes [L2]. */
  readonly entriesUpTo?: number;
  /** Position of a snapshot that did not hold what it said [L2]. */
  readonly avoid?: number;
  /** Entries up to here are kept already, with what is own in them: folded again they are not kept anew [D5]. */
  readonly keptThrough?: KeptThrough;
  /** Digest at the last position divisible by `entriesPerSnapshot`, until the server has judged it [L5]. */
  readonly checkpoint?: { readonly seq: number; readonly digest: string };
  /** How far a local ledger is copied into this account [D9]. */
  readonly claim?: ClaimProgress;
};

export type KeptThrough = {
  readonly epoch: number;
  readonly seq: number;
  /** The restores of the log that was folded; earlier builds stored none. */
  readonly epochs?: readonly EpochMark[];
};

export type ClaimProgress = {
  /** The local ledger's own name. */
  readonly from: string;
  /** Last record copied, in key order; empty before the first. */
  readonly after: RecordKey;
  /** Every record is copied. */
  readonly done: boolean;
};

/**
 * [L2] While a snapshot is loaded, records up to the last part applied are the snapshot's and the others are still those
 * of the old cursor; each shows a value that stood in the log, so what is typed on it keeps its basis.
 */
export type Bootstrap = {
  readonly reset: Reset;
  /** The part to be applied next. */
  readonly next: number;
  /** Digest of the rows applied so far. */
  readonly digest: string;
};

export type Reidentify = {
  /** The replica id to read with, and to stamp with afterwards. */
  readonly replica: ReplicaId;
  /** Every entry up to here is searched for own changes before the rest is stamped again. */
  readonly target: number;
};

/** A run of changes committed by one act (or one chunk of an import), waiting for the log to hold it. */
export type OutboxItem = {
  /** Numbers of the first and last change; the store's key is `first`. */
  readonly first: number;
  readonly last: number;
  /** Chain hash before the first change and after the last. */
  readonly previous: string;
  readonly hash: string;
  readonly changes: readonly Change[];
  /** Identity of each change, by index. */
  readonly identities: readonly Identity[];
  /** When the person acted, milliseconds since 1970. */
  readonly at: number;
  /** Copied from a local ledger: its values show only where the account has none [D9]. */
  readonly claimed?: true;
  /** Numbers that were found in the log while a new identity is taken, and need not be stamped again [D8]. */
  readonly found?: readonly number[];
};

/**
 * Changes of one log entry as this replica folded it: the history of each record that can be read offline, and what a
 * server restored from a backup is offered again [D5].
 */
export type KeptItem = {
  readonly epoch: number;
  readonly seq: number;
  /** The server's clock when it took them, and this device's when it folded them; milliseconds since 1970. */
  readonly receivedAt: number;
  readonly confirmedAt: number;
  /** As the log has them: any JSON, read through `isChange` only. */
  readonly changes: readonly Json[];
  readonly identities: readonly Identity[];
  /** Which of them this replica made, under this id or an earlier one: all, or these indexes. */
  readonly own: 'all' | readonly number[];
};

/** One record as a device has it. */
export type RecordState = {
  /** As the log up to the cursor says. */
  readonly confirmed: Row | undefined;
  /** Own changes over it, by number, oldest first. */
  readonly pending: readonly number[];
  /** What the person sees: confirmed with the pending changes laid over. */
  readonly shown: Row | undefined;
};

export type RecordWrite = { readonly key: RecordKey; readonly before: RecordState; readonly after: RecordState };

/**
 * Everything one transaction writes; the store commits all of it or nothing, durably, before it resolves. Deletes come
 * before puts, so that an item may be replaced.
 */
export type ClientWrites = {
  readonly meta: ReplicaMeta;
  readonly records?: readonly RecordWrite[];
  readonly outboxPut?: readonly OutboxItem[];
  /** Keys (`first`) of items that left the outbox. */
  readonly outboxDelete?: readonly number[];
  readonly keep?: readonly KeptItem[];
  /** Kept entries that a restore of the server made void. */
  readonly keepDelete?: readonly { readonly epoch: number; readonly seq: number }[];
  readonly journal?: readonly JournalRecord[];
};

/**
 * Reads inside one transaction. Every promise a store returns here may be awaited without the transaction ending.
 */
export type ClientReads = {
  meta(): Promise<ReplicaMeta>;
  /** A state for every key asked for; absent records have nothing confirmed, pending or shown. */
  records(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, RecordState>>;
  /** States of every record whose key is above `after` and not above `through`; an empty `through` has no end. */
  recordsBetween(after: RecordKey, through: RecordKey): Promise<ReadonlyMap<RecordKey, RecordState>>;
  /** Kept entries above a log position, in the order in which they were folded: by epoch, then position. */
  keptAbove(seq: number): Promise<readonly KeptItem[]>;
  /** Items from the one that holds `number` on, oldest first, until `changesMax` changes are reached. */
  outboxFrom(number: number, changesMax: number): Promise<readonly OutboxItem[]>;
};

/**
 * A device's store. `transact` runs one read-write transaction: it reads through `reads`, and what `plan` returns is
 * written before the promise resolves. Transactions on one store never interleave. A `plan` that throws writes nothing.
 */
export type ClientStore = {
  transact<T>(
    plan: (reads: ClientReads) => Promise<{ readonly writes?: ClientWrites; readonly result: T }>,
  ): Promise<T>;
};
