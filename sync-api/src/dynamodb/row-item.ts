import { gunzipSync, gzipSync } from 'node:zlib';
import {
  canonicalJson,
  idOfKey,
  isCalendarDate,
  isCalendarMonth,
  isJsonObject,
  type Json,
  kindOfKey,
  profileId,
  type RecordKey,
  type SpaceId,
} from '@fintrack/sync-core/protocol';
import { isListed, isLive, type Row } from '@fintrack/sync-core/server';
import * as v from 'valibot';

/** Physical names of the tables that records are folded into. */
export type RowTables = {
  readonly expenses: string;
  readonly income: string;
  readonly budgets: string;
  /** Dismissals and forecasts. */
  readonly advice: string;
  readonly users: string;
};

/** Attributes of a table item. */
export type Columns = Readonly<Record<string, Json>>;

export type Place = { readonly tableName: string; readonly id: string };

/** Where a record is kept; nothing for one that no table holds, such as a second profile. */
export const placeOf = (tables: RowTables, space: SpaceId, key: RecordKey): Place | undefined => {
  const kind = kindOfKey(key);
  const recordId = idOfKey(key);
  if (kind === 'profile') return recordId === profileId ? { tableName: tables.users, id: space } : undefined;
  if (isAdvice(kind)) return { tableName: tables.advice, id: `${space}#${key}` };
  const tableName = tableNameOf(tables, kind);
  return tableName === undefined ? undefined : { tableName, id: `${space}#${recordId}` };
};

/** These share a table, so that the kind is part of the row's id: two records may have one id. */
const isAdvice = (kind: string): boolean => kind === 'dismissal' || kind === 'forecast';

const tableNameOf = (tables: RowTables, kind: string): string | undefined => {
  if (kind === 'expense') return tables.expenses;
  if (kind === 'income') return tables.income;
  return kind === 'budget' ? tables.budgets : undefined;
};

/**
 * The attributes that people's queries read, and `user_id` only where the row is to be found by its index. A tombstone
 * keeps nothing but its state.
 */
export const columnsOf = (space: SpaceId, row: Row): Columns => {
  if (!isLive(row)) return {};
  const columns = columnsOfKind(row);
  return isListed(row) ? { ...columns, user_id: space } : columns;
};

const columnsOfKind = (row: Row): Columns => {
  if (row.kind === 'budget') return budgetColumns(row);
  return isAdvice(row.kind) ? adviceColumns(row) : entryColumns(row);
};

const entryColumns = (row: Row): Columns => {
  const { minor, currency } = objectIn(row, 'amount');
  const date = valueIn(row, 'date');
  return defined({
    date: typeof date === 'string' && isCalendarDate(date) ? date : undefined,
    amount: minor,
    currency,
    ...Object.fromEntries(plainGroups(row.kind).map((group) => [group, valueIn(row, group)])),
  });
};

/** By kind: a group of this name in another kind is one that this program does not know, and may hold anything. */
const plainGroups = (kind: string): readonly string[] =>
  kind === 'income' ? ['source', 'note'] : ['category', 'description', 'note'];

/** The currency is that of the derived id: it says which budget this is, and never changes [F7]. */
const budgetColumns = (row: Row): Columns => {
  const { category, month, currency } = objectIn(row, 'of');
  return defined({
    month: typeof month === 'string' && isCalendarMonth(month) ? month : undefined,
    category,
    amount: objectIn(row, 'amount')['minor'],
    currency,
  });
};

/** Minor units are of the currency of the derived id, as in a budget. */
const adviceColumns = (row: Row): Columns => {
  const { kind } = row;
  if (kind === 'dismissal') return defined({ kind, insight: valueIn(row, 'insight'), reason: valueIn(row, 'reason') });
  const { month, currency, category } = objectIn(row, 'of');
  const { low, high } = objectIn(row, 'range');
  const amount = objectIn(row, 'amount')['minor'];
  return defined({ kind, month, currency, category, made: valueIn(row, 'made'), amount, low, high });
};

/** What the profile says of its Users item; what it does not say stays as the sign-up left it. */
export const profileColumns = (row: Row): Columns =>
  isLive(row) ? defined({ name: valueIn(row, 'name'), currency: valueIn(row, 'currency') }) : {};

const valueIn = (row: Row, group: string): Json | undefined => row.cells[group]?.value;

const objectIn = (row: Row, group: string): Readonly<Record<string, Json | undefined>> => {
  const value = valueIn(row, group);
  return isJsonObject(value) ? value : {};
};

/** Half a surrogate pair, which JSON can hold and a database need not take, becomes U+FFFD; the state keeps it. */
const defined = (columns: Readonly<Record<string, Json | undefined>>): Columns => {
  const present: Record<string, Json> = {};
  for (const [name, value] of Object.entries(columns)) {
    if (value !== undefined) present[name] = typeof value === 'string' ? Buffer.from(value).toString() : value;
  }
  return present;
};

/** The whole row, unknown groups and versions too, so that the next change can be folded over it [F9]. */
export const rowToState = (row: Row): Uint8Array => gzipSync(canonicalJson(row));

const rowSchema = v.looseObject({
  kind: v.string(),
  id: v.string(),
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  cells: v.custom<Row['cells']>(isJsonObject),
});

/** A row of as many groups as were ever allowed, each as large as a change: 2 MB. More is no row but a decompression bomb. */
export const stateSizeBytesMax = 4_194_304;

/** Throws on bytes that `rowToState` did not make, and on more than `stateSizeBytesMax` of them: a bug, or damage. */
export const stateToRow = (state: unknown): Row => {
  const bytes = v.parse(v.instance(Uint8Array), state);
  return v.parse(rowSchema, JSON.parse(gunzipSync(bytes, { maxOutputLength: stateSizeBytesMax }).toString('utf8')));
};
