import type { Identity, RecordKey, ReplicaId, SpaceId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { EpochMark, LogEntry, ReplicaMark, StateVector, StoredEntry } from '../protocol/log-entry.ts';
import { emptyDigest, type Row } from '../row.ts';

export type AppendResult =
  | { readonly type: 'appended' }
  /** Another entry stands at that position already. */
  | { readonly type: 'occupied'; readonly by: StoredEntry }
  /** Nobody knows whether the write happened: a time-out, or a 5xx. */
  | { readonly type: 'unknown' }
  | { readonly type: 'throttled'; readonly delayMs: number }
  /** The item would pass the store's size; nothing was written. */
  | { readonly type: 'tooLarge'; readonly limitBytes: number };

/** The append-only logs, one a space. `tail` and `at` are strongly consistent; `after` may lag and have holes. */
export type ChangeLog = {
  tail(space: SpaceId): Promise<StoredEntry | undefined>;
  at(space: SpaceId, seq: number): Promise<StoredEntry | undefined>;
  /** Entries above `seq` in order, until one of the bounds is reached; at least one where there is one. */
  after(
    space: SpaceId,
    seq: number,
    bounds: { readonly entriesMax: number; readonly sizeBytesMax: number; readonly isConsistent: boolean },
  ): Promise<readonly StoredEntry[]>;
  /** Writes `entry` at its `seq` only if nothing is there. */
  append(space: SpaceId, entry: LogEntry, vector: StateVector): Promise<AppendResult>;
  /** Removes the items from `first` to `last`, those that are there. Only compaction and deletion do. */
  remove(space: SpaceId, first: number, last: number): Promise<void>;
};

/** How far the log is folded into the tables. */
export type Applied = {
  /** Log position up to which every row is written; 0 at first. */
  readonly seq: number;
  /** `listedDigest` of the rows folded up to there, by which a reader knows that an index shows all of them; null: unknown. */
  readonly digest: string | null;
};

export const nothingApplied: Applied = { seq: 0, digest: emptyDigest };

/** The domain's tables: rows folded from the log, and how far. */
export type RowStore = {
  /** `nothingApplied` at first. Strongly consistent. */
  applied(space: SpaceId): Promise<Applied>;
  /** Strongly consistent. Keys without a row are left out. */
  rows(space: SpaceId, keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, Row>>;
  /** Writes only if the stored row's `seq` is still `expectedSeq` (0: no row). False if it was not. */
  putRow(space: SpaceId, row: Row, expectedSeq: number): Promise<boolean>;
  /** Moves `applied` on only if it is still exactly `from`. False if it was not. */
  advance(space: SpaceId, from: Applied, to: Applied): Promise<boolean>;
  /**
   * Removes every row of the space and its `applied`: before the tables are built anew, and when an account goes. `keys`
   * names the records that may have a row which no index lists, as deleted ones do.
   */
  removeAll(space: SpaceId, keys: readonly RecordKey[]): Promise<void>;
};

/** Texts by name: snapshots and archives, written once and never changed. Strongly consistent, all or nothing. */
export type BlobStore = {
  write(name: string, text: string): Promise<void>;
  read(name: string): Promise<string | undefined>;
  names(prefix: string): Promise<readonly string[]>;
  /** Names without a text are passed over. */
  remove(names: readonly string[]): Promise<void>;
};

/** A snapshot that was read back and found whole: the hash of its manifest's text, and its ledger's digest. */
export type SnapshotPointer = {
  readonly epoch: number;
  readonly seq: number;
  readonly hash: string;
  readonly digest: string;
};

/** What the server keeps of a space beside its log, in one item. */
export type SpaceFacts = {
  /** Grows with every write of this item; 0 where there is none. */
  readonly version: number;
  /** First position that is in the log itself; those below are in archives only. 1 at first, never falls [I10]. */
  readonly floor: number;
  /** Newest first. */
  readonly snapshots: readonly SnapshotPointer[];
  /** Restores from a backup, oldest first. */
  readonly epochs: readonly EpochMark[];
};

/** A write of the server's own, from its first try on [F10]. */
export type OpenWrite = {
  /** The log's last position when the write was first tried: it can stand only above. */
  readonly head: number;
  readonly epoch: number;
  /** Where it was found to stand. */
  readonly seq?: number;
};

export type Deletion = { readonly space: SpaceId; readonly sealedAt: number };

/** Small facts of each space, strongly consistent. */
export type SpaceStore = {
  facts(space: SpaceId): Promise<SpaceFacts>;
  /** Writes `facts` with the next version, only over `facts.version`. False if another came first. */
  putFacts(space: SpaceId, facts: SpaceFacts): Promise<boolean>;
  /** What the log had of a replica when it left the vector [S6]. */
  retired(space: SpaceId, replica: ReplicaId): Promise<ReplicaMark | undefined>;
  /** Writes only over a lower number. */
  retire(space: SpaceId, replica: ReplicaId, mark: ReplicaMark): Promise<void>;
  /** Removes what is known of replicas that were last heard of above this position: a restore lost it. */
  forgetRetired(space: SpaceId, above: number): Promise<void>;
  /** Creates the item, or gives the one that is there. */
  openWrite(space: SpaceId, id: Identity, write: OpenWrite): Promise<OpenWrite>;
  closeWrite(space: SpaceId, id: Identity, seq: number): Promise<void>;
  /** Removes all of the above; a deletion under way stays. */
  removeAll(space: SpaceId): Promise<void>;
  /** Accounts being deleted. */
  openDeletion(deletion: Deletion): Promise<void>;
  deletions(): Promise<readonly Deletion[]>;
  closeDeletion(space: SpaceId): Promise<void>;
};

export const noFacts: SpaceFacts = { version: 0, floor: 1, snapshots: [], epochs: [] };

/** What reading takes of the stores, and what answering a device takes: a function that does no more is granted no more. */
export type LogReader = Pick<ChangeLog, 'tail' | 'at' | 'after'>;
export type BlobReader = Pick<BlobStore, 'read'>;
export type FactsReader = Pick<SpaceStore, 'facts'>;
export type FeedLog = Omit<ChangeLog, 'remove'>;
export type FeedSpaces = Pick<SpaceStore, 'facts' | 'retired' | 'retire'>;

/** Sizes and delays of the lifecycle; `limits` outside of tests. */
export type LifecycleSettings = {
  readonly entriesPerSegment: number;
  readonly entriesPerSnapshot: number;
  readonly recordsPerPart: number;
  /** What a function wrote may land so long after it was asked to. */
  readonly functionTimeoutMs: number;
};

export const defaultSettings: LifecycleSettings = limits;
