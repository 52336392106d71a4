import type { StoredMeta, StoredRow } from './database.ts';
import { storedDatabaseVersion } from './database-version.ts';

/** What the advisor reads of a ledger. Rejects as the browser's database does, or with `LedgerGone`. */
export type AdvisorSource = {
  /** Transactions that wrote to the ledger so far. */
  writeCount(): Promise<number>;
  /** As they are now, with the write count at that moment; records that are not there are absent. */
  rows(keys: readonly string[]): Promise<{ readonly writeCount: number; readonly rows: readonly StoredRow[] }>;
  /** Every record of a kind, in parts small enough that no save waits long for one. */
  rowsOfKind(kind: string): AsyncIterable<readonly StoredRow[]>;
  close(): void;
};

/** There is no such ledger, or a newer version of the app has it. */
export class LedgerGone extends Error {
  override readonly name = 'LedgerGone';
}

/** Read at once: about 30 ms, in which a save may have to wait. */
const rowsPerRead = 2000;

/**
 * A ledger's database by the browser's own calls: the library that opens it on the page is as large as all that the
 * advisor's worker is. Never makes a database, nor upgrades one.
 */
export const openAdvisorSource = async (name: string): Promise<AdvisorSource> => {
  const database = await openExisting(name);
  let isClosed = false;
  const close = (): void => {
    isClosed = true;
    database.close();
  };
  // A newer version of the app wants it.
  database.addEventListener('versionchange', close);
  database.addEventListener('close', close);
  const reading = (stores: readonly string[]): IDBTransaction => {
    if (isClosed) throw new LedgerGone(name);
    return database.transaction(stores, 'readonly');
  };
  return {
    writeCount: () => readWriteCount(reading(['meta'])),
    rows: async (keys) => {
      const transaction = reading(['meta', 'rows']);
      const store = transaction.objectStore('rows');
      const [writeCount, ...found] = await Promise.all([
        readWriteCount(transaction),
        ...keys.map((key) => answerOf<StoredRow | undefined>(store.get(key))),
      ]);
      return { writeCount, rows: found.filter((row) => row !== undefined) };
    },
    rowsOfKind: (kind) => readKind(kind, () => reading(['rows']).objectStore('rows')),
    close,
  };
};

const openExisting = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    // There was none: leave it so.
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => reject(opening.error?.name === 'AbortError' ? new LedgerGone(name) : opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      if (database.version === storedDatabaseVersion) return resolve(database);
      database.close();
      reject(new LedgerGone(name));
    };
  });

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const readWriteCount = async (transaction: IDBTransaction): Promise<number> => {
  const stored = await answerOf<StoredMeta | undefined>(transaction.objectStore('meta').get('replica'));
  return stored?.name === 'replica' ? (stored.writeCount ?? 0) : 0;
};

async function* readKind(kind: string, store: () => IDBObjectStore): AsyncGenerator<readonly StoredRow[]> {
  // '0' is what comes after '/'.
  const end = `${kind}0`;
  for (let after = `${kind}/`; ; ) {
    const rows = await answerOf<StoredRow[]>(store().getAll(IDBKeyRange.bound(after, end, true, true), rowsPerRead));
    yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < rowsPerRead) return;
    after = last.key;
  }
}
