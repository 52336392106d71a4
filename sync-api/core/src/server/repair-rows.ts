import { kindOfKey, type RecordKey, recordKey, type SpaceId } from '../protocol/ids.ts';
import { tableKinds } from '../protocol/records.ts';
import type { Row } from '../row.ts';
import type { ReadableHistory } from './archive.ts';
import { ledgerAt } from './ledger-state.ts';
import { listedDigest } from './listed.ts';
import type { RowStore } from './ports.ts';

/** What stands in a table where a row of the log's should. */
export type Suspect = { readonly key: RecordKey; readonly seq: number };

/** Finds what somebody wrote into the tables behind the log's back. */
export type RowAudit = {
  /** Those of the rows whose item is another than `putRow` writes, in any part of it; `seq` is the item's, 0 for none. */
  differing(space: SpaceId, rows: readonly Row[]): Promise<readonly Suspect[]>;
  /** Removes rows of records that are not `known`, as far as an index lists them and they are not above `applied`; how many. */
  removeUnknown(space: SpaceId, known: ReadonlySet<RecordKey>, applied: number): Promise<number>;
};

const kinds: ReadonlySet<string> = new Set([...tableKinds, 'profile']);
const rowsAtOnce = 500;

/**
 * [M3] Writes every row anew that is not the fold of the log up to `applied`, removes those of no record of it, and tells
 * how many there were. A row above that position is left alone: a run of the materialiser may have written it just now.
 * The digest of the listed rows is set anew where it was unknown or wrong, unless `applied` moved on meanwhile.
 *
 * Reads the whole ledger and every row of it.
 */
export const repairRows = async (
  history: ReadableHistory,
  rows: RowStore,
  audit: RowAudit,
  space: SpaceId,
): Promise<number> => {
  const from = await rows.applied(space);
  const applied = from.seq;
  const { snapshots } = await history.spaces.facts(space);
  const ledger = await ledgerAt(history, space, snapshots, applied);
  const expected = [...ledger.rows].filter(([key]) => kinds.has(kindOfKey(key))).map(([, row]) => row);
  let repaired = await audit.removeUnknown(space, new Set(ledger.rows.keys()), applied);
  for (let start = 0; start < expected.length; start += rowsAtOnce) {
    const chunk = new Map(
      expected.slice(start, start + rowsAtOnce).map((row) => [recordKey(row.kind, row.id), row] as const),
    );
    for (const { key, seq } of await audit.differing(space, [...chunk.values()])) {
      const row = chunk.get(key);
      if (row && seq <= applied && (await rows.putRow(space, row, seq))) repaired += 1;
    }
  }
  const digest = listedDigest(ledger.rows.values());
  if (digest !== from.digest) await rows.advance(space, from, { seq: applied, digest });
  return repaired;
};
