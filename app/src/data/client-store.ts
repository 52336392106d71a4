import type {
  ClientReads,
  ClientStore,
  ClientWrites,
  KeptItem,
  OutboxItem,
  RecordState,
  RecordWrite,
  ReplicaMeta,
} from '@fintrack/sync-core/client';
import type { LedgerDatabase, StoredReplica, StoredRow, StoredShadow, StoredTotal } from './database.ts';
import { StoreError, withDatabase } from './store-error.ts';
import { toKeptItem, toOutboxItem, toStoredKeptItem, toStoredNotice, toStoredOutboxItem } from './stored-outbox.ts';
import { packRow, toStoredRow, unpackRow } from './stored-row.ts';
import { type TotalChanges, totalChanges } from './totals.ts';

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
    const { writes, result } = await plan(readsOf(database, stored));
    if (!writes) return result;
    if (stored.movingTo !== undefined && (writes.outboxPut?.length ?? 0) > 0)
      throw new StoreError('moving', `this ledger is being moved into account ${stored.movingTo}`);
    await writeAll(database, stored, writes);
    return result;
  });
};

const readReplica = async (database: LedgerDatabase, newMeta: () => ReplicaMeta): Promise<StoredReplica> => {
  const stored = await database.meta.get('replica');
  if (stored?.name === 'replica') return stored;
  const fresh: StoredReplica = { name: 'replica', value: newMeta(), entryCount: 0 };
  await database.meta.add(fresh);
  return fresh;
};

const readsOf = (database: LedgerDatabase, { value, entryCount }: StoredReplica): ClientReads => ({
  meta: () => Promise.resolve(value),
  records: (keys) => readRecords(database, keys, entryCount),
  recordsBetween: (after, through) => readRecordsBetween(database, after, through),
  keptAbove: (seq) => readKept(database, seq),
  outboxFrom: (number, changesMax) => readOutbox(database, number, changesMax),
});

const readRecords = async (
  database: LedgerDatabase,
  keys: readonly string[],
  entryCount: number,
): Promise<ReadonlyMap<string, RecordState>> => {
  const present = await presentKeys(database, keys, entryCount);
  const rows = present.length > 0 ? await database.rows.bulkGet([...present]) : [];
  const confirmed = await readShadows(database, rows);
  const found = new Map(present.map((key, index) => [key, rows[index]]));
  return new Map(keys.map((key) => [key, toState(found.get(key), confirmed.get(key))]));
};

/** Fewer keys are asked for one by one. */
const keysToCompareMin = 200;
/** A key read with all others costs about a tenth of one that is asked for by itself. */
const entriesPerKeyMax = 8;

/**
 * Those that may have a row. An import and a first pull ask for thousands that have none: while the ledger is small
 * against them, all its keys are read at once instead, which browsers do ten times as fast.
 */
const presentKeys = async (
  database: LedgerDatabase,
  keys: readonly string[],
  entryCount: number,
): Promise<readonly string[]> => {
  if (keys.length < keysToCompareMin || entryCount > keys.length * entriesPerKeyMax) return keys;
  const stored = new Set(await database.rows.toCollection().primaryKeys());
  return keys.filter((key) => stored.has(key));
};

/** A record that is stored has a row: what is deleted keeps its own. */
const readRecordsBetween = async (
  database: LedgerDatabase,
  after: string,
  through: string,
): Promise<ReadonlyMap<string, RecordState>> => {
  const keys = database.rows.where('key');
  const rows = await (through === '' ? keys.above(after) : keys.between(after, through, false, true)).toArray();
  const confirmed = await readShadows(database, rows);
  return new Map(rows.map((row) => [row.key, toState(row, confirmed.get(row.key))]));
};

/** Packed confirmed rows of those with pending changes, by key. */
const readShadows = async (
  database: LedgerDatabase,
  rows: readonly (StoredRow | undefined)[],
): Promise<ReadonlyMap<string, string>> => {
  const changed = rows.flatMap((row) => (row?.pending ? [row.key] : []));
  const shadows = changed.length > 0 ? await database.shadow.bulkGet(changed) : [];
  return new Map(shadows.flatMap((each) => (each ? [[each.key, each.row] as const] : [])));
};

const readKept = async (database: LedgerDatabase, seq: number): Promise<readonly KeptItem[]> =>
  (await database.kept.filter((item) => item.seq > seq).toArray()).map(toKeptItem);

const toState = (stored: StoredRow | undefined, shadow: string | undefined): RecordState => {
  const shown = stored && unpackRow(stored.row);
  if (!stored?.pending) return { confirmed: shown, pending: [], shown };
  return { confirmed: shadow === undefined ? undefined : unpackRow(shadow), pending: stored.pending, shown };
};

/** Items fetched at once: few at first, as an item may hold a thousand changes, then more, as it may hold one. */
const itemsPerFirstRead = 2;
const itemsPerReadMax = 64;

const readOutbox = async (
  database: LedgerDatabase,
  number: number,
  changesMax: number,
): Promise<readonly OutboxItem[]> => {
  const items: OutboxItem[] = [];
  let count = 0;
  const holding = await database.outbox.where('first').belowOrEqual(number).last();
  let from = holding && holding.last >= number ? holding.first : number;
  for (let limit = itemsPerFirstRead; ; limit = Math.min(limit * 2, itemsPerReadMax)) {
    const batch = await database.outbox.where('first').aboveOrEqual(from).limit(limit).toArray();
    for (const stored of batch) {
      if (count >= changesMax) return items;
      items.push(toOutboxItem(stored));
      count += stored.last - Math.max(stored.first, number) + 1;
      from = stored.first + 1;
    }
    if (batch.length < limit) return items;
  }
};

/**
 * Writes in two steps: all that needs no reading together with what the rest must know, then the rest. Requests of one
 * step are handed over at once and done in order; waiting for each would cost more than all of them.
 */
const writeAll = async (database: LedgerDatabase, stored: StoredReplica, writes: ClientWrites): Promise<void> => {
  const records = writes.records ?? [];
  const changes = totalChanges(records);
  const notices = (writes.journal ?? []).map(toStoredNotice);
  const [totals, known] = await Promise.all([
    readTotals(database, changes),
    notices.length > 0 ? database.journal.bulkGet(notices.map(({ id }) => id)) : [],
    ...putOutbox(database, writes),
    ...putRecords(database, records),
  ]);
  const entryCount = stored.entryCount + changes.entryCount;
  const isMetaNew = writes.meta !== stored.value || changes.entryCount !== 0;
  await Promise.all([
    ...putTotals(database, totals),
    // One that is there already stays as it is: it may have been dismissed.
    ...some(notices.filter((_, index) => !known[index])).map((fresh) => database.journal.bulkPut(fresh)),
    ...(isMetaNew ? [database.meta.put({ ...stored, value: writes.meta, entryCount })] : []),
  ]);
};

/** The list as the only member, if it has any: nothing is asked of the database for an empty one. */
const some = <T>(list: readonly T[]): readonly T[][] => (list.length > 0 ? [[...list]] : []);

const putOutbox = (
  database: LedgerDatabase,
  { outboxDelete = [], outboxPut = [], keep = [], keepDelete = [] }: ClientWrites,
) => [
  ...some(keepDelete.map(({ epoch, seq }): [number, number] => [epoch, seq])).map((keys) =>
    database.kept.bulkDelete(keys),
  ),
  ...some(outboxDelete).map((keys) => database.outbox.bulkDelete(keys)),
  ...some(outboxPut.map(toStoredOutboxItem)).map((items) => database.outbox.bulkPut(items)),
  ...some(keep.map(toStoredKeptItem)).map((items) => database.kept.bulkPut(items)),
];

const putRecords = (database: LedgerDatabase, records: readonly RecordWrite[]) => {
  const gone: string[] = [];
  const rows: StoredRow[] = [];
  const shadowsGone: string[] = [];
  const shadows: StoredShadow[] = [];
  for (const { key, before, after } of records) {
    const stored = toStoredRow(key, after);
    if (stored) rows.push(stored);
    else gone.push(key);
    if (after.pending.length > 0 && after.confirmed) {
      if (after.confirmed !== before.confirmed || before.pending.length === 0)
        shadows.push({ key, row: packRow(after.confirmed) });
    } else if (before.pending.length > 0 && before.confirmed) shadowsGone.push(key);
  }
  return [
    ...some(gone).map((keys) => database.rows.bulkDelete(keys)),
    ...some(rows).map((values) => database.rows.bulkPut(values)),
    ...some(shadowsGone).map((keys) => database.shadow.bulkDelete(keys)),
    ...some(shadows).map((values) => database.shadow.bulkPut(values)),
  ];
};

/** The touched totals as they will be. */
const readTotals = async (database: LedgerDatabase, changes: TotalChanges): Promise<readonly StoredTotal[]> => {
  const keys = [...changes.totals.keys()];
  if (keys.length === 0) return [];
  const known = await knownTotals(database, keys);
  return keys.map((key) => ({
    key,
    sumMinor: (known.get(key)?.sumMinor ?? 0) + (changes.totals.get(key)?.sumMinor ?? 0),
    count: (known.get(key)?.count ?? 0) + (changes.totals.get(key)?.count ?? 0),
  }));
};

/** Totals asked for one by one; more are read with all that lie between them, which is one request. */
const totalsPerReadMax = 20;

const knownTotals = async (
  database: LedgerDatabase,
  keys: readonly string[],
): Promise<ReadonlyMap<string, StoredTotal>> => {
  const [from = '', ...others] = [...keys].sort();
  const known =
    keys.length > totalsPerReadMax
      ? await database.totals
          .where('key')
          .between(from, others.at(-1) ?? from, true, true)
          .toArray()
      : await database.totals.bulkGet([...keys]);
  return new Map(known.flatMap((total) => (total ? [[total.key, total] as const] : [])));
};

const putTotals = (database: LedgerDatabase, totals: readonly StoredTotal[]) => [
  ...some(totals.filter(({ count }) => count === 0).map(({ key }) => key)).map((keys) =>
    database.totals.bulkDelete(keys),
  ),
  ...some(totals.filter(({ count }) => count !== 0)).map((left) => database.totals.bulkPut(left)),
];
