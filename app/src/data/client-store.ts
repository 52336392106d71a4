import type {
  ClientReads,
  ClientStore,
  ClientWrites,
  KeptItem,
  OutboxItem,
  RecordState,
  ReplicaMeta,
} from '@fintrack/sync-core/client';
import type { LedgerDatabase, StoredKeptItem, StoredOutboxItem, StoredReplica, StoredRow } from './database.ts';
import type { AnnounceWrite } from './announced-writes.ts';
import { noMonths, type SeenMonths, writeAll, type WriteOutcome } from './client-writes.ts';
import { answerOf, inLedgerTransaction, type LedgerTransaction } from './ledger-transaction.ts';
import { StoreError, withDatabase } from './store-error.ts';
import { toKeptItem, toOutboxItem } from './stored-outbox.ts';
import { rowOfText } from './stored-row.ts';

type Plan<T> = (reads: ClientReads) => Promise<{ readonly writes?: ClientWrites; readonly result: T }>;

/**
 * The sync engine's store over one ledger's database: each `transact` is one durable read-write transaction.
 *
 * `newMeta` is written if the database has none yet. `announce` is told of each transaction that wrote. Rejects with `StoreError`, `moving` among them: a local ledger
 * that is being moved into an account takes no more changes [D9].
 */
export const createClientStore = (
  database: LedgerDatabase,
  newMeta: () => ReplicaMeta,
  announce: AnnounceWrite = () => undefined,
): ClientStore => {
  let months = noMonths;
  const transact = async <T>(plan: Plan<T>): Promise<T> => {
    const { result, written } = await inLedgerTransaction(database, (transaction) =>
      run(transaction, newMeta, plan, months),
    );
    if (written) {
      months = written.months;
      announce({ ledger: database.name, writeCount: written.writeCount, keys: written.keys });
    }
    return result;
  };
  return { transact: (plan) => withDatabase(database, () => transact(plan)) };
};

const run = async <T>(
  transaction: LedgerTransaction,
  newMeta: () => ReplicaMeta,
  plan: Plan<T>,
  months: SeenMonths,
): Promise<{ readonly result: T; readonly written?: WriteOutcome }> => {
  let asked: Promise<StoredReplica> | undefined;
  const replica = (): Promise<StoredReplica> => (asked ??= readReplica(transaction, newMeta));
  const { writes, result } = await plan(readsOf(transaction, replica));
  if (!writes) return { result };
  const stored = await replica();
  if (stored.movingTo !== undefined && (writes.outboxPut?.length ?? 0) > 0)
    throw new StoreError('moving', `this ledger is being moved into account ${stored.movingTo}`);
  return { result, written: await writeAll(transaction, stored, writes, months) };
};

const readReplica = async (transaction: LedgerTransaction, newMeta: () => ReplicaMeta): Promise<StoredReplica> => {
  const stored: StoredReplica | undefined = await answerOf(transaction.store('meta').get('replica'));
  if (stored) return stored;
  const fresh: StoredReplica = { name: 'replica', value: newMeta(), entryCount: 0 };
  transaction.put('meta', [fresh]);
  return fresh;
};

const readsOf = (transaction: LedgerTransaction, replica: () => Promise<StoredReplica>): ClientReads => ({
  meta: async () => (await replica()).value,
  records: (keys) => readRecords(transaction, keys, replica),
  recordsBetween: (after, through) => readRecordsBetween(transaction, after, through),
  keptAbove: (seq) => readKept(transaction, seq),
  outboxFrom: (number, changesMax) => readOutbox(transaction, number, changesMax),
});

const readRecords = async (
  transaction: LedgerTransaction,
  keys: readonly string[],
  replica: () => Promise<StoredReplica>,
): Promise<ReadonlyMap<string, RecordState>> => {
  const present = keys.length < keysToCompareMin ? keys : await presentKeys(transaction, keys, await replica());
  const store = transaction.store('rows');
  const rows: (StoredRow | undefined)[] = await Promise.all(present.map((key) => answerOf(store.get(key))));
  const confirmed = await readShadows(transaction, rows);
  const found = new Map(present.map((key, index) => [key, rows[index]]));
  return new Map(keys.map((key) => [key, toState(found.get(key), confirmed.get(key))]));
};

/** Fewer keys are asked for one by one. */
const keysToCompareMin = 200;
/** A key read with all others costs a fortieth of one that is asked for by itself. */
const entriesPerKeyMax = 30;

/**
 * Those that may have a row. An import and a first pull ask for thousands that have none: while the ledger is small
 * against them, all its keys are read at once instead, which takes them a fraction of the time.
 */
const presentKeys = async (
  transaction: LedgerTransaction,
  keys: readonly string[],
  { entryCount }: StoredReplica,
): Promise<readonly string[]> => {
  if (entryCount > keys.length * entriesPerKeyMax) return keys;
  const stored = new Set(await answerOf(transaction.store('rows').getAllKeys()));
  return keys.filter((key) => stored.has(key));
};

/** A record that is stored has a row: what is deleted keeps its own. */
const readRecordsBetween = async (
  transaction: LedgerTransaction,
  after: string,
  through: string,
): Promise<ReadonlyMap<string, RecordState>> => {
  const range = through === '' ? IDBKeyRange.lowerBound(after, true) : IDBKeyRange.bound(after, through, true, false);
  const rows: StoredRow[] = after === through ? [] : await answerOf(transaction.store('rows').getAll(range));
  const confirmed = await readShadows(transaction, rows);
  return new Map(rows.map((row) => [row.key, toState(row, confirmed.get(row.key))]));
};

/** Packed confirmed rows of those with pending changes, by key. */
const readShadows = async (
  transaction: LedgerTransaction,
  rows: readonly (StoredRow | undefined)[],
): Promise<ReadonlyMap<string, string>> => {
  const store = transaction.store('shadow');
  const changed = rows.flatMap((row) => (row?.pending ? [row.key] : []));
  const shadows = await Promise.all(changed.map((key) => answerOf<{ row: string } | undefined>(store.get(key))));
  return new Map(changed.flatMap((key, index) => (shadows[index] ? [[key, shadows[index].row] as const] : [])));
};

const toState = (stored: StoredRow | undefined, shadow: string | undefined): RecordState => {
  const shown = stored && rowOfText(stored.row);
  if (!stored?.pending) return { confirmed: shown, pending: [], shown };
  return { confirmed: shadow === undefined ? undefined : rowOfText(shadow), pending: stored.pending, shown };
};

/** One may hold a thousand changes. */
const keptPerRead = 50;

const readKept = async (transaction: LedgerTransaction, seq: number): Promise<readonly KeptItem[]> => {
  const store = transaction.store('kept');
  const found: KeptItem[] = [];
  let range: IDBKeyRange | undefined;
  for (;;) {
    const batch: StoredKeptItem[] = await answerOf(store.getAll(range, keptPerRead));
    found.push(...batch.filter((item) => item.seq > seq).map(toKeptItem));
    const last = batch.at(-1);
    if (!last || batch.length < keptPerRead) return found;
    range = IDBKeyRange.lowerBound([last.epoch, last.seq], true);
  }
};

/** Items fetched at once: few at first, as an item may hold a thousand changes, then more, as it may hold one. */
const itemsPerFirstRead = 2;
const itemsPerReadMax = 64;

const readOutbox = async (
  transaction: LedgerTransaction,
  number: number,
  changesMax: number,
): Promise<readonly OutboxItem[]> => {
  const store = transaction.store('outbox');
  const items: OutboxItem[] = [];
  let count = 0;
  let from = await firstOfItemWith(store, number);
  for (let limit = itemsPerFirstRead; ; limit = Math.min(limit * 2, itemsPerReadMax)) {
    const batch: StoredOutboxItem[] = await answerOf(store.getAll(IDBKeyRange.lowerBound(from), limit));
    for (const stored of batch) {
      if (count >= changesMax) return items;
      items.push(toOutboxItem(stored));
      count += stored.last - Math.max(stored.first, number) + 1;
      from = stored.first + 1;
    }
    if (batch.length < limit) return items;
  }
};

/** Key of the item that holds the number, or the number itself where none does. */
const firstOfItemWith = async (store: IDBObjectStore, number: number): Promise<number> => {
  const cursor = await answerOf(store.openCursor(IDBKeyRange.upperBound(number), 'prev'));
  const stored: StoredOutboxItem | undefined = cursor?.value;
  return stored && stored.last >= number ? stored.first : number;
};
