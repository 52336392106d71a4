import { deletedGroup } from './protocol/change.ts';
import type { Identity, RecordId } from './protocol/ids.ts';
import type { Json } from './protocol/json.ts';

/** Which change gave a group its value. */
export type Version = {
  /** Log position of that change; `pendingSeq` while it waits in an outbox. */
  readonly seq: number;
  /** The author's time, never after the server received it; 0 for a generated value [F6]. */
  readonly at: number;
  readonly by: Identity;
  readonly generated?: true;
};

export type Cell = { readonly value: Json; readonly version: Version };

/** One record: its groups, each with the version that last won, and whether it is deleted. */
export type Row = {
  readonly kind: string;
  readonly id: RecordId;
  /** Log position of the last entry that held a change of this record, whether it won or not. */
  readonly seq: number;
  readonly cells: Readonly<Record<string, Cell>>;
  /** Tombstone (`value: true`), or the restore that ended one. */
  readonly deleted?: { readonly value: boolean; readonly version: Version };
  /** Identities of re-stamped changes folded into this row: a second copy of one is skipped [F1]. */
  readonly restamped?: readonly Identity[];
};

/** Above every log position: an own change that the log does not hold yet. */
export const pendingSeq = Number.MAX_SAFE_INTEGER;

export const isDeleted = (row: Row): boolean => row.deleted?.value === true;
export const isLive = (row: Row | undefined): row is Row =>
  row !== undefined && !isDeleted(row) && Object.keys(row.cells).length > 0;

/** The version of a group, `deleted` included. */
export const versionOf = (row: Row, group: string): Version | undefined =>
  group === deletedGroup ? row.deleted?.version : row.cells[group]?.version;

/** Digest of a ledger without rows. */
export const emptyDigest = '00000000000000000000000000000000';

export { rowDigest } from './row-digest.ts';
