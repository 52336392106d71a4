import type { JournalRecord, KeptItem, OutboxItem } from '@fintrack/sync-core/client';
import type { StoredKeptItem, StoredNotice, StoredOutboxItem } from './database.ts';

export const toStoredOutboxItem = ({ first, last, ...rest }: OutboxItem): StoredOutboxItem => ({
  first,
  last,
  body: JSON.stringify(rest),
  ...(rest.claimed ? { claimed: 1 as const } : {}),
});

export const toOutboxItem = ({ first, last, body }: StoredOutboxItem): OutboxItem => ({
  first,
  last,
  ...(JSON.parse(body) as Omit<OutboxItem, 'first' | 'last'>),
});

export const toStoredKeptItem = ({ epoch, seq, confirmedAt, ...rest }: KeptItem): StoredKeptItem => ({
  epoch,
  seq,
  confirmedAt,
  body: JSON.stringify(rest),
});

export const toStoredNotice = (record: JournalRecord): StoredNotice => ({ id: noticeId(record), record, isOpen: 1 });

const noticeId = (record: JournalRecord): string => {
  if (record.type === 'lost') return `lost ${record.by} ${record.group} ${record.to}`;
  if (record.type === 'rejected') return `rejected ${record.by}`;
  return `editMetDelete ${record.edit} ${record.deletion}`;
};
