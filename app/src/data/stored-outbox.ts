import { type JournalRecord, journalId, type KeptItem, type OutboxItem } from '@fintrack/sync-core/client';
import { type PackedIdentities, packIdentities, unpackIdentities } from './packed-identities.ts';
import type { StoredKeptItem, StoredNotice, StoredOutboxItem } from './database.ts';

type OutboxBody = Omit<OutboxItem, 'first' | 'last' | 'identities'> & { readonly identities: PackedIdentities };
type KeptBody = Omit<KeptItem, 'epoch' | 'seq' | 'confirmedAt' | 'identities'> & {
  readonly identities: PackedIdentities;
};

export const toStoredOutboxItem = ({ first, last, ...rest }: OutboxItem): StoredOutboxItem => ({
  first,
  last,
  body: JSON.stringify({ ...rest, identities: packIdentities(rest.identities) } satisfies OutboxBody),
  ...(rest.claimed ? { claimed: 1 as const } : {}),
});

export const toOutboxItem = ({ first, last, body }: StoredOutboxItem): OutboxItem => {
  const rest = JSON.parse(body) as OutboxBody;
  return { first, last, ...rest, identities: unpackIdentities(rest.identities) };
};

export const toStoredKeptItem = ({ epoch, seq, confirmedAt, ...rest }: KeptItem): StoredKeptItem => ({
  epoch,
  seq,
  confirmedAt,
  body: JSON.stringify({ ...rest, identities: packIdentities(rest.identities) } satisfies KeptBody),
});

export const toKeptItem = ({ epoch, seq, confirmedAt, body }: StoredKeptItem): KeptItem => {
  const rest = JSON.parse(body) as KeptBody;
  return { epoch, seq, confirmedAt, ...rest, identities: unpackIdentities(rest.identities) };
};

export const toStoredNotice = (record: JournalRecord): StoredNotice => ({ id: journalId(record), record, isOpen: 1 });

/** Who made a kept entry's changes, without parsing them: they are most of its text, and the last thing before this. */
export const keptAuthors = (stored: StoredKeptItem): Pick<KeptItem, 'receivedAt' | 'identities' | 'own'> => {
  const head = /^\{"receivedAt":\d+/.exec(stored.body)?.[0];
  const tail = stored.body.slice(stored.body.lastIndexOf('"identities":'));
  if (head === undefined || !tail.startsWith('"identities"')) return toKeptItem(stored);
  const { identities, ...rest } = JSON.parse(`${head},${tail}`) as Pick<KeptBody, 'receivedAt' | 'identities' | 'own'>;
  return { ...rest, identities: unpackIdentities(identities) };
};
