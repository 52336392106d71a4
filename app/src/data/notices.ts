import type { JournalRecord } from '@fintrack/sync-core/client';
import { isChange, type Json } from '@fintrack/sync-core/protocol';
import type { Entry, Notice } from '../model/ledger.ts';
import type { LedgerDatabase } from './database.ts';
import { isEntryKind, isMoney } from './entry-of.ts';

/** Shown at once; the rest follow as these are dismissed. */
const noticesMax = 200;

/** What somebody should see and has not dismissed, newest first. */
export const readNotices = async (database: LedgerDatabase): Promise<readonly Notice[]> => {
  const open = await database.journal.where('isOpen').equals(1).limit(noticesMax).toArray();
  return open.map(({ id, record }) => toNotice(id, record)).sort((a, b) => b.at - a.at);
};

export const closeNotice = async (database: LedgerDatabase, id: string): Promise<void> => {
  const notice = await database.journal.get(id);
  if (notice) await database.journal.put({ id, record: notice.record });
};

const toNotice = (id: string, record: JournalRecord): Notice => {
  const { at } = record;
  if (record.type === 'lost')
    return { type: 'lost', id, key: record.key, group: record.group, value: record.value, at };
  if (record.type === 'editMetDelete') return { type: 'editMetDelete', id, key: record.key, at };
  return { type: 'rejected', id, entry: rejectedEntry(record.change), reason: record.reason, at };
};

/** What can still be read of a flagged change to an entry. */
const rejectedEntry = (change: Json): Partial<Entry> | null => {
  if (!isChange(change) || !isEntryKind(change.kind)) return null;
  const written = (group: string): Json | undefined => change.set?.[group]?.[0];
  const amount = written('amount');
  const [date, title] = [written('date'), written(change.kind === 'expense' ? 'description' : 'source')];
  return {
    kind: change.kind,
    id: change.id,
    ...(isMoney(amount) ? { amountMinor: amount.minor, currency: amount.currency } : {}),
    ...(typeof date === 'string' ? { date } : {}),
    ...(typeof title === 'string' ? { title } : {}),
  };
};
