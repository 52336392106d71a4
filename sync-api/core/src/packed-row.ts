import * as v from 'valibot';
import type { Json } from './protocol/json.ts';
import type { Row, Version } from './row.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const version = v.looseObject({
  seq: count,
  at: v.pipe(v.number(), v.safeInteger()),
  by: v.string(),
  generated: v.exactOptional(v.literal(true)),
});

/** A row as it is stored and sent: its versions each once, since most rows have a single one. */
export const packedRowSchema = v.looseObject({
  k: v.string(),
  i: v.string(),
  s: count,
  v: v.array(version),
  /** Value and place of its version, by group. */
  c: v.record(v.string(), v.tuple([v.custom<Json>((value) => value !== undefined), count])),
  d: v.exactOptional(v.tuple([v.boolean(), count])),
  r: v.exactOptional(v.array(v.string())),
});

/** Names are one letter because every record of a ledger carries them, on disk and on the wire. */
export type PackedRow = {
  readonly k: string;
  readonly i: string;
  readonly s: number;
  readonly v: readonly Version[];
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
