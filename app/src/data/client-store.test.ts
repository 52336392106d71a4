import 'fake-indexeddb/auto';
import { clientStoreCases, type ClientStoreSubject, contractMeta } from '@fintrack/sync-core/testing';
import { describe, it } from 'vitest';
import { createClientStore } from './client-store.ts';
import { createLedgerDatabase } from './database.ts';

let databases = 0;

const create = async (): Promise<ClientStoreSubject> => {
  const name = `contract-${++databases}`;
  let database = createLedgerDatabase(name);
  return {
    store: createClientStore(database, () => contractMeta),
    reopen: async () => {
      database.close();
      database = createLedgerDatabase(name);
      return createClientStore(database, () => contractMeta);
    },
    dispose: () => database.delete(),
  };
};

describe('the client store over Dexie', () => {
  for (const { name, run } of clientStoreCases) it(name, () => run(create));
});
