import {
  isDeleted,
  isLive,
  type PackedRow,
  packRow,
  type RecordState,
  type Row,
  unpackRow,
} from '@fintrack/sync-core/client';
import { dateToDayNumber, isJsonObject } from '@fintrack/sync-core/protocol';
import type { StoredRow } from './database.ts';
import { isEntryKind } from '../model/history.ts';
import { entryOf } from './entry-of.ts';

export const rowText = (row: Row): string => JSON.stringify(packRow(row));

/** The inverse of `rowText`; throws on text that is not of its making, which only a damaged database holds. */
export const rowOfText = (text: string): Row => unpackRow(JSON.parse(text) as PackedRow);

/** What is stored of a state; nothing for a record that is not there. */
export const toStoredRow = (key: string, state: RecordState): StoredRow | undefined => {
  const row = state.shown;
  if (!row) return undefined;
  const list = listKey(row);
  return {
    key,
    row: rowText(row),
    ...(state.pending.length > 0 ? { pending: state.pending } : {}),
    ...(list === undefined ? {} : { list }),
  };
};

const entryPrefixes = { expense: 'e', income: 'i' } as const;
/** After all others: whoever looks at the first of the list finds what is live. */
const deletedPrefix = 'x';
/** Above every day number there is. */
const dayMax = 200_000;
const instantMax = 36 ** 9 - 1;

/**
 * Key of the one index that all lists are read by, in ascending order: entries newest first (by date, then by when they
 * were written), deleted ones latest first, budgets by month. Reading ascending matters: browsers answer that in one go,
 * and step otherwise.
 */
const listKey = (row: Row): string | undefined => {
  if (isDeleted(row))
    return isEntryKind(row.kind) ? deletedPrefix + instantKey(row.deleted?.version.at ?? 0) : undefined;
  if (!isLive(row)) return undefined;
  const entry = entryOf(row);
  if (entry) return entryPrefixes[entry.kind] + dayKey(entry.date) + instantKey(writtenAt(row));
  const of = row.kind === 'budget' ? row.cells['of']?.value : undefined;
  const month = of !== undefined && isJsonObject(of) ? of['month'] : undefined;
  return typeof month === 'string' ? `b${month}` : undefined;
};

const dayKey = (date: string): string => String(dayMax - dateToDayNumber(date)).padStart(6, '0');
const instantKey = (at: number): string =>
  Math.max(0, instantMax - at)
    .toString(36)
    .padStart(9, '0');

/** Of the versions on the row, the oldest: about when it was made. */
const writtenAt = (row: Row): number => {
  let at = Number.POSITIVE_INFINITY;
  for (const group in row.cells) at = Math.min(at, row.cells[group]?.version.at ?? at);
  return Number.isFinite(at) ? at : 0;
};

export type KeyRange = { readonly from: string; readonly to: string };

/** Entries of one kind between two dates, both included. */
export const entriesBetween = (kind: 'expense' | 'income', from: string, to: string): KeyRange => ({
  from: entryPrefixes[kind] + dayKey(to),
  to: `${entryPrefixes[kind]}${dayKey(from)}~`,
});
export const allEntries = (kind: 'expense' | 'income'): KeyRange => ({
  from: entryPrefixes[kind],
  to: `${entryPrefixes[kind]}~`,
});
export const deletedEntries: KeyRange = { from: deletedPrefix, to: `${deletedPrefix}~` };
export const budgetsOf = (month: string): KeyRange => ({ from: `b${month}`, to: `b${month}` });

/** Orders entries of both kinds, newest first. */
export const compareListKeys = (a: StoredRow, b: StoredRow): number => {
  const [left, right] = [(a.list ?? '').slice(1) + a.key, (b.list ?? '').slice(1) + b.key];
  return left < right ? -1 : left > right ? 1 : 0;
};
