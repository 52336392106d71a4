import { isLive, type Row } from '@fintrack/sync-core/client';
import { type CalendarMonth, daysInCalendarMonth } from '@fintrack/sync-core/protocol';
import type { EntryKind } from '../model/ledger.ts';
import type { LedgerDatabase, StoredRow } from './database.ts';
import { compareListKeys, entriesBetween, type KeyRange, rowOfText } from './stored-row.ts';

export const readList = (database: LedgerDatabase, range: KeyRange, limit?: number): PromiseLike<StoredRow[]> => {
  const found = database.rows.where('list').between(range.from, range.to, true, true);
  return (limit === undefined ? found : found.limit(limit)).toArray();
};

/** Live entries of both kinds, newest first. */
export const readMonth = async (database: LedgerDatabase, month: CalendarMonth): Promise<readonly StoredRow[]> => {
  const lastDay = `${month}-${String(daysInCalendarMonth(month)).padStart(2, '0')}`;
  const ofKind = (kind: EntryKind) => readList(database, entriesBetween(kind, `${month}-01`, lastDay));
  const lists = await Promise.all([ofKind('expense'), ofKind('income')]);
  return lists.flat().sort(compareListKeys);
};

/** Every record of a kind, live ones only. */
export const readKind = async (database: LedgerDatabase, kind: string): Promise<readonly Row[]> => {
  const stored = await database.rows.where('key').startsWith(`${kind}/`).toArray();
  return stored.map(({ row }) => rowOfText(row)).filter(isLive);
};
