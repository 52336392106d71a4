import type {
  ClientReads,
  ClientStore,
  ClientWrites,
  OutboxItem,
  RecordState,
  ReplicaMeta,
} from '@fintrack/sync-core/client';
import type { LedgerDatabase, StoredReplica, StoredRow } from './database.ts';
import { StoreError, withDatabase } from './store-error.ts';
import { toOutboxItem, toStoredKeptItem, toStoredNotice, toStoredOutboxItem } from './stored-outbox.ts';
import { packRow, toStoredRow, unpackRow } from './stored-row.ts';
import { totalChanges } from './totals.ts';

/**
 * The sync engine's store over one ledger's database: each `transact` is one durable read-write transaction.
 *
 * `newMeta` is written if the database has none yet. Rejects with `StoreError`, `moving` among them: a local ledger
 * that is being moved into an account takes no more changes [D9].
 */
export const createClientStore = (database: LedgerDatabase, newMeta: () => ReplicaMeta): ClientStore => ({
  transact: (plan) => withDatabase(database, () => transact(database, newMeta, plan)),
});

const transact = <T>(
  database: LedgerDatabase,
  newMeta: () => ReplicaMeta,
  plan: (reads: ClientReads) => Promise<{ readonly writes?: ClientWrites; readonly result: T }>,
): PromiseLike<T> => {
  const { rows, shadow, outbox, kept, journal, totals, meta } = database;
  return database.transaction('rw', [rows, shadow, outbox, kept, journal, totals, meta], async () => {
    const stored = await readReplica(database, newMeta);
    const { writes, result } = await plan(readsOf(database, stored.value));
    if (!writes) return result;
    if (stored.movingTo !== undefined && (writes.outboxPut?.length ?? 0) > 0)
      throw new StoreError('moving', `this ledger is being moved into account ${stored.movingTo}`);
    await writeAll(database, writes);
    if (writes.meta !== stored.value) await meta.put({ ...stored, value: writes.meta });
    return result;
  });
};

const readReplica = async (database: LedgerDatabase, newMeta: () => ReplicaMeta): Promise<StoredReplica> => {
  const stored = await database.meta.get('replica');
  if (stored?.name === 'replica') return stored;
  const fresh: StoredReplica = { name: 'replica', value: newMeta() };
  await database.meta.add(fresh);
  return fresh;
};

const readsOf = (database: LedgerDatabase, meta: ReplicaMeta): ClientReads => ({
  meta: () => Promise.resolve(meta),
  records: (keys) => readRecords(database, keys),
  outboxFrom: (number, changesMax) => readOutbox(database, number, changesMax),
});

const readRecords = async (
  database: LedgerDatabase,
  keys: readonly string[],
): Promise<ReadonlyMap<string, RecordState>> => {
  const rows = await database.rows.bulkGet([...keys]);
  const changed = rows.flatMap((row) => (row?.pending ? [row.key] : []));
  const shadows = changed.length > 0 ? await database.shadow.bulkGet(changed) : [];
  const confirmed = new Map(shadows.flatMap((each) => (each ? [[each.key, each.row] as const] : [])));
  return new Map(keys.map((key, index) => [key, toState(rows[index], confirmed.get(key))]));
};

const toState = (stored: StoredRow | undefined, shadow: string | undefined): RecordState => {
  const shown = stored && unpackRow(stored.row);
  if (!stored?.pending) return { confirmed: shown, pending: [], shown };
  return { confirmed: shadow === undefined ? undefined : unpackRow(shadow), pending: stored.pending, shown };
};

/** Items fetched at once; an item holds between one change and a thousand. */
const itemsPerRead = 50;

const readOutbox = async (
  database: LedgerDatabase,
  number: number,
  changesMax: number,
): Promise<readonly OutboxItem[]> => {
  const items: OutboxItem[] = [];
  let count = 0;
  const holding = await database.outbox.where('first').belowOrEqual(number).last();
  let from = holding && holding.last >= number ? holding.first : number;
  for (;;) {
    const batch = await database.outbox.where('first').aboveOrEqual(from).limit(itemsPerRead).toArray();
    for (const stored of batch) {
      if (count >= changesMax) return items;
      items.push(toOutboxItem(stored));
      count += stored.last - Math.max(stored.first, number) + 1;
      from = stored.first + 1;
    }
    if (batch.length < itemsPerRead) return items;
  }
};

const writeAll = async (database: LedgerDatabase, writes: ClientWrites): Promise<void> => {
  if (writes.outboxDelete?.length) await database.outbox.bulkDelete([...writes.outboxDelete]);
  if (writes.outboxPut?.length) await database.outbox.bulkPut(writes.outboxPut.map(toStoredOutboxItem));
  if (writes.keep?.length) await database.kept.bulkPut(writes.keep.map(toStoredKeptItem));
  if (writes.journal?.length) await addNotices(database, writes.journal);
  if (writes.records?.length) await writeRecords(database, writes.records);
};

/** One that is there already stays as it is: it may have been dismissed. */
const addNotices = async (database: LedgerDatabase, journal: NonNullable<ClientWrites['journal']>): Promise<void> => {
  const notices = journal.map(toStoredNotice);
  const known = await database.journal.bulkGet(notices.map(({ id }) => id));
  await database.journal.bulkPut(notices.filter((_, index) => !known[index]));
};

const writeRecords = async (database: LedgerDatabase, records: NonNullable<ClientWrites['records']>): Promise<void> => {
  const gone: string[] = [];
  const rows: StoredRow[] = [];
  const shadowsGone: string[] = [];
  const shadows: { key: string; row: string }[] = [];
  for (const { key, before, after } of records) {
    const stored = toStoredRow(key, after);
    if (stored) rows.push(stored);
    else gone.push(key);
    if (after.pending.length > 0 && after.confirmed) {
      if (after.confirmed !== before.confirmed || before.pending.length === 0)
        shadows.push({ key, row: packRow(after.confirmed) });
    } else if (before.pending.length > 0 && before.confirmed) shadowsGone.push(key);
  }
  if (gone.length > 0) await database.rows.bulkDelete(gone);
  if (rows.length > 0) await database.rows.bulkPut(rows);
  if (shadowsGone.length > 0) await database.shadow.bulkDelete(shadowsGone);
  if (shadows.length > 0) await database.shadow.bulkPut(shadows);
  await writeTotals(database, records);
};

const writeTotals = async (database: LedgerDatabase, records: NonNullable<ClientWrites['records']>): Promise<void> => {
  const changes = totalChanges(records);
  const keys = [...changes.totals.keys()];
  if (keys.length > 0) {
    const known = await database.totals.bulkGet(keys);
    const after = keys.map((key, index) => ({
      key,
      sumMinor: (known[index]?.sumMinor ?? 0) + (changes.totals.get(key)?.sumMinor ?? 0),
      count: (known[index]?.count ?? 0) + (changes.totals.get(key)?.count ?? 0),
    }));
    await database.totals.bulkDelete(after.filter(({ count }) => count === 0).map(({ key }) => key));
    await database.totals.bulkPut(after.filter(({ count }) => count !== 0));
  }
  if (changes.entryCount === 0) return;
  const count = await database.meta.get('entryCount');
  const before = count?.name === 'entryCount' ? count.value : 0;
  await database.meta.put({ name: 'entryCount', value: before + changes.entryCount });
};
