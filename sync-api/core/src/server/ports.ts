import type { RecordKey, SpaceId } from '../protocol/ids.ts';
import type { LogEntry, StateVector, StoredEntry } from '../protocol/log-entry.ts';
import type { Row } from '../row.ts';

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
};

/** The domain's tables: rows folded from the log, and how far. */
export type RowStore = {
  /** Log position up to which every row is written; 0 at first. */
  applied(space: SpaceId): Promise<number>;
  /** Strongly consistent. Keys without a row are left out. */
  rows(space: SpaceId, keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, Row>>;
  /** Writes only if the stored row's `seq` is still `expectedSeq` (0: no row). False if it was not. */
  putRow(space: SpaceId, row: Row, expectedSeq: number): Promise<boolean>;
  /** Moves `applied` forward; does nothing where it is there or further already. */
  advance(space: SpaceId, seq: number): Promise<void>;
};
