import type { Json } from './protocol/json.ts';
import type { Row, Version } from './row.ts';

/**
 * A row as it is stored and sent: its versions each once, since most rows have a single one. Names are one letter because
 * every record of a ledger carries them.
 */
export type PackedRow = {
  readonly k: string;
  readonly i: string;
  readonly s: number;
  readonly v: readonly Version[];
  /** Value and place of its version, by group. */
  readonly c: Readonly<Record<string, readonly [Json, number]>>;
  readonly d?: readonly [boolean, number];
  readonly r?: readonly string[];
};

export const packRow = (row: Row): PackedRow => {
  const versions: Version[] = [];
  const place = (version: Version): number => {
    const known = versions.findIndex((each) => isSame(each, version));
    return known >= 0 ? known : versions.push(version) - 1;
  };
  const cells: Record<string, readonly [Json, number]> = {};
  for (const [group, cell] of Object.entries(row.cells)) cells[group] = [cell.value, place(cell.version)];
  const deleted = row.deleted && ([row.deleted.value, place(row.deleted.version)] as const);
  return {
    k: row.kind,
    i: row.id,
    s: row.seq,
    v: versions,
    c: cells,
    ...(deleted ? { d: deleted } : {}),
    ...(row.restamped ? { r: row.restamped } : {}),
  };
};

const isSame = (a: Version, b: Version): boolean =>
  a === b || (a.by === b.by && a.seq === b.seq && a.at === b.at && a.generated === b.generated);

/** The inverse of `packRow`; throws on what is not of its making, which only damage can bring. */
export const unpackRow = (packed: PackedRow): Row => {
  const version = (place: number): Version => {
    const found = packed.v[place];
    if (!found) throw new Error(`a packed row of ${packed.k} lacks a version`);
    return found;
  };
  const cells: Record<string, Row['cells'][string]> = {};
  for (const [group, [value, place]] of Object.entries(packed.c)) cells[group] = { value, version: version(place) };
  return {
    kind: packed.k,
    id: packed.i,
    seq: packed.s,
    cells,
    ...(packed.d ? { deleted: { value: packed.d[0], version: version(packed.d[1]) } } : {}),
    ...(packed.r ? { restamped: packed.r } : {}),
  };
};
