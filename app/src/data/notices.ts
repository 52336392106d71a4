import type { JournalRecord } from '@fintrack/sync-core/client';
import { deletedGroup, dismissalId, isChange, type Json, recordKey } from '@fintrack/sync-core/protocol';
import type { Values } from '../model/history.ts';
import type { LostValue, Notice } from '../model/ledger.ts';
import type { LedgerDatabase, StoredNotice } from './database.ts';
import { dismissalKind } from './dismissals.ts';
import { forecastKind } from './forecasts.ts';
import { isLive } from '@fintrack/sync-core/client';
import { rowOfText } from './stored-row.ts';

/** Journal records shown at once; the rest follow as these are dealt with. */
const recordsMax = 200;
const recordsPerRead = 200;

/**
 * What somebody should see and nobody has dealt with, newest first. A live dismissal takes a notice away, whichever
 * device made it; what became of dismissals themselves, and of forecasts, is no news.
 */
export const readNotices = async (database: LedgerDatabase): Promise<readonly Notice[]> => {
  const open: StoredNotice[] = [];
  for (let offset = 0; open.length < recordsMax; offset += recordsPerRead) {
    const records = await database.journal.where('isOpen').equals(1).offset(offset).limit(recordsPerRead).toArray();
    const isDismissed = await dismissedAmong(database, records);
    open.push(...records.filter(({ id, record }) => !isDismissed.has(id) && isNews(record)));
    if (records.length < recordsPerRead) break;
  }
  return [...conflicts(open), ...others(open)].sort((a, b) => b.at - a.at);
};

const dismissedAmong = async (
  { rows }: LedgerDatabase,
  records: readonly StoredNotice[],
): Promise<ReadonlySet<string>> => {
  const found = await rows.bulkGet(records.map(({ id }) => recordKey(dismissalKind, dismissalId(id))));
  const isLiveAt = (index: number): boolean => {
    const stored = found[index];
    return stored !== undefined && isLive(rowOfText(stored.row));
  };
  return new Set(records.flatMap(({ id }, index) => (isLiveAt(index) ? [id] : [])));
};

const isNews = ({ key }: JournalRecord): boolean =>
  key === null || (!key.startsWith(`${dismissalKind}/`) && !key.startsWith(`${forecastKind}/`));

/** What one record lost by one log entry is one thing to decide. */
const conflicts = (open: readonly StoredNotice[]): readonly Notice[] => {
  const groups = new Map<string, { ids: string[]; key: string; at: number; lost: LostValue[] }>();
  for (const { id, record } of open) {
    if (record.type !== 'lost') continue;
    const { key, seq, at, group, value, by, to } = record;
    const name = `${key} ${seq}`;
    const found = groups.get(name) ?? { ids: [], key, at, lost: [] };
    found.ids.push(id);
    found.lost.push({ group, value, by, to });
    groups.set(name, found);
  }
  return [...groups.values()].map(({ ids, ...rest }) => {
    const sorted = ids.toSorted();
    return { type: 'conflict', id: sorted[0] ?? '', ids: sorted, ...rest };
  });
};

const others = (open: readonly StoredNotice[]): readonly Notice[] =>
  open.flatMap(({ id, record }): readonly Notice[] => {
    if (record.type === 'lost') return [];
    const { at, key } = record;
    if (record.type === 'rejected') {
      const { by, reason } = record;
      return [{ type: 'rejected', id, ids: [id], key, at, by, reason, values: writtenValues(record.change) }];
    }
    const { edit, deletion } = record;
    return [{ type: 'editMetDelete', id, ids: [id], key: record.key, at, edit, deletion }];
  });

/** What can still be read of a flagged change. */
const writtenValues = (change: Json): Values =>
  isChange(change)
    ? Object.fromEntries(
        Object.entries(change.set ?? {}).flatMap(([group, [value]]) =>
          group === deletedGroup ? [] : [[group, value]],
        ),
      )
    : {};
