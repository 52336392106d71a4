import { deletedGroup } from './protocol/change.ts';
import { hashText } from './protocol/hash.ts';
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

/**
 * [P8] Digest of one row's versions: 32 hex digits. Values are left out, because an identity names its content. The
 * digest of a ledger is the exclusive or over its rows, so that one changed row updates it.
 */
export const rowDigest = (row: Row): string => {
  const mark = (version: Version): string => `${version.seq}:${version.by}`;
  const cells = Object.keys(row.cells)
    .sort()
    .map((group) => `${group}=${mark((row.cells[group] as Cell).version)}`);
  const deleted = row.deleted ? `${row.deleted.value}:${mark(row.deleted.version)}` : '';
  return hashText([row.kind, row.id, row.seq, ...cells, deleted, ...[...(row.restamped ?? [])].sort()].join('|'));
};

/** Digest of a ledger without rows. */
export const emptyDigest = '0'.repeat(32);
