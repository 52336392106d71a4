/** Text by key, kept in IndexedDB. */
export type KeyValueStore = {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<void>;
  removeItem(key: string): Promise<void>;
  clear(): Promise<void>;
};

const storeName = 'items';

/** Opens the database for each use: it is used a few times a session, and so never stands in the way of another tab. */
export const createKeyValueStore = (databaseName: string): KeyValueStore => {
  const use = async <T>(mode: IDBTransactionMode, work: (items: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await open(databaseName);
    try {
      const transaction = database.transaction(storeName, mode);
      const request = work(transaction.objectStore(storeName));
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
      });
      return request.result;
    } finally {
      database.close();
    }
  };
  return {
    getItem: async (key) => {
      const value: unknown = await use('readonly', (items) => items.get(key));
      return typeof value === 'string' ? value : null;
    },
    setItem: async (key, value) => void (await use('readwrite', (items) => items.put(value, key))),
    removeItem: (key) => use('readwrite', (items) => items.delete(key)),
    clear: () => use('readwrite', (items) => items.clear()),
  };
};

const open = (name: string): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the token store cannot be opened'));
  });
