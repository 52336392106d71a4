/** A record as an app would keep it that never syncs. */
export type RawRecord = { readonly id: string } & Readonly<Record<string, unknown>>;

export const openRawStore = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('raw', 1);
    opening.onupgradeneeded = () => {
      const store = opening.result.createObjectStore('records', { keyPath: 'id' });
      store.createIndex('date', 'date');
      store.createIndex('category', 'category');
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });

export const readAll = (database: IDBDatabase): Promise<RawRecord[]> =>
  new Promise((resolve, reject) => {
    const asked = database.transaction('records').objectStore('records').getAll();
    asked.onsuccess = () => resolve(asked.result as RawRecord[]);
    asked.onerror = () => reject(asked.error);
  });

/** All of them in one transaction; resolves when it is complete. */
export const writeAll = (
  database: IDBDatabase,
  records: readonly RawRecord[],
  durability: IDBTransactionDurability,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction('records', 'readwrite', { durability });
    const store = transaction.objectStore('records');
    for (const record of records) store.put(record);
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
