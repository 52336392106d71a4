import { hashText } from './protocol/hash.ts';
import type { Cell, Row, Version } from './row.ts';

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
