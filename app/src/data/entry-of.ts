import { isLive, type Row } from '@fintrack/sync-core/client';
import { isCalendarDate, isJsonObject, type Json } from '@fintrack/sync-core/protocol';
import { isEntryKind } from '../model/history.ts';
import type { Entry } from '../model/ledger.ts';

/** A live expense or income; nothing while what it needs to be shown is missing, as when only its note has arrived. */
export const entryOf = (row: Row | undefined): Omit<Entry, 'isPending'> | undefined =>
  isLive(row) ? entryOfCells(row) : undefined;

/** The same of a row that may be deleted. */
export const entryOfCells = (row: Row): Omit<Entry, 'isPending'> | undefined => {
  if (!isEntryKind(row.kind)) return undefined;
  const value = (group: string): Json | undefined => row.cells[group]?.value;
  const amount = value('amount');
  const date = value('date');
  if (!isMoney(amount) || typeof date !== 'string' || !isCalendarDate(date)) return undefined;
  return {
    kind: row.kind,
    id: row.id,
    date,
    amountMinor: amount.minor,
    currency: amount.currency,
    title: textOf(value(row.kind === 'expense' ? 'description' : 'source')),
    note: textOf(value('note')),
    categoryId: row.kind === 'expense' ? idOf(value('category')) : null,
    importId: idOf(value('import')),
  };
};

export const isMoney = (value: Json | undefined): value is { readonly minor: number; readonly currency: string } =>
  value !== undefined &&
  isJsonObject(value) &&
  Number.isSafeInteger(value['minor']) &&
  typeof value['currency'] === 'string';

/** The value of a group that holds an object; empty for one that does not. */
export const objectIn = (row: Row, group: string): Readonly<Record<string, Json | undefined>> => {
  const value = row.cells[group]?.value;
  return value !== undefined && isJsonObject(value) ? value : {};
};

export const minorOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const idOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
