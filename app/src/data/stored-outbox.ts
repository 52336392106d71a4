import { type JournalRecord, journalId, type KeptItem, type OutboxItem } from '@fintrack/sync-core/client';
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

export const toKeptItem = ({ epoch, seq, confirmedAt, body }: StoredKeptItem): KeptItem => ({
  epoch,
  seq,
  confirmedAt,
  ...(JSON.parse(body) as Omit<KeptItem, 'epoch' | 'seq' | 'confirmedAt'>),
});

export const toStoredNotice = (record: JournalRecord): StoredNotice => ({ id: journalId(record), record, isOpen: 1 });

/** Who made a kept entry's changes, without parsing them: they are most of its text, and the last thing before this. */
export const keptAuthors = (stored: StoredKeptItem): Pick<KeptItem, 'receivedAt' | 'identities' | 'own'> => {
  const head = /^\{"receivedAt":\d+/.exec(stored.body)?.[0];
  const tail = stored.body.slice(stored.body.lastIndexOf('"identities":['));
  if (head === undefined || !tail.startsWith('"identities"')) return toKeptItem(stored);
  return JSON.parse(`${head},${tail}`) as Pick<KeptItem, 'receivedAt' | 'identities' | 'own'>;
};
