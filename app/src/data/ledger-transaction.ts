import Dexie, { RangeSet } from 'dexie';
import type { LedgerDatabase } from './database.ts';

const written = ['rows', 'shadow', 'outbox', 'kept', 'journal', 'totals', 'imports', 'meta'] as const;
type Written = (typeof written)[number];

/** One transaction over everything a ledger keeps but drafts. Requests are handed over as they are made, in order. */
export type LedgerTransaction = {
  readonly store: (name: Written) => IDBObjectStore;
  /** Writes; whoever reads a written table is told once all is durable. What fails, fails the transaction. */
  readonly put: (name: Written, values: readonly unknown[]) => void;
  readonly remove: (name: Written, keys: readonly IDBValidKey[]) => void;
};

/**
 * Runs the work in one read-write transaction of the browser's own calls, flushed to disk before it resolves [D5].
 *
 * Not by Dexie, which opens the database: for every record it writes it makes promises, and notes each of its keys for
 * queries that no screen asks. With its own calls a save waits for the database half as often.
 *
 * Work may await only what the transaction's requests answer. Rejects with what the database or the work threw.
 */
export const inLedgerTransaction = async <T>(
  database: LedgerDatabase,
  work: (transaction: LedgerTransaction) => Promise<T>,
): Promise<T> => {
  // Opens it as any first use does, and rejects as any does once it is closed for good.
  if (!database.isOpen()) await database.transaction('r', database.meta, () => undefined);
  const transaction = database.backendDB().transaction([...written], 'readwrite', { durability: 'strict' });
  const ended = endOf(transaction);
  const changed = new Set<Written>();
  try {
    const result = await work(over(transaction, changed));
    commit(transaction);
    await ended;
    tell(database, changed);
    return result;
  } catch (error) {
    abort(transaction);
    await ended.catch(() => undefined);
    // What made a request fail says more than that it failed.
    throw transaction.error ?? error;
  }
};

/** What a request answers. */
export const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const over = (transaction: IDBTransaction, changed: Set<Written>): LedgerTransaction => {
  const store = (name: Written): IDBObjectStore => transaction.objectStore(name);
  return {
    store,
    put: (name, values) => {
      const into = store(name);
      for (const value of values) into.put(value);
      if (values.length > 0) changed.add(name);
    },
    remove: (name, keys) => {
      const from = store(name);
      for (const key of keys) from.delete(key);
      if (keys.length > 0) changed.add(name);
    },
  };
};

const endOf = (transaction: IDBTransaction): Promise<void> => {
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('the transaction was aborted', 'AbortError'));
  });
  // Its failure is told where the work is awaited.
  ended.catch(() => undefined);
  return ended;
};

/** Saves the way back and forth after the last request, at whose answer the browser would commit by itself. */
const commit = (transaction: IDBTransaction): void => {
  try {
    transaction.commit();
  } catch {
    // It is at it already.
  }
};

const abort = (transaction: IDBTransaction): void => {
  try {
    transaction.abort();
  } catch {
    // It has ended.
  }
};

/** In this tab and, through Dexie, in every other: as Dexie's own transactions do, but by table only. */
const tell = (database: LedgerDatabase, changed: ReadonlySet<Written>): void => {
  if (changed.size === 0) return;
  // From below all numbers to a list in a list, which comes after every key there is.
  const every = new RangeSet(Number.NEGATIVE_INFINITY, [[]]);
  Dexie.on.storagemutated.fire(
    Object.fromEntries([...changed].map((table) => [`idb://${database.name}/${table}/`, every])),
  );
};
