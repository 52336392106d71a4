import { describe, it } from 'vitest';
import { clientStoreCases, contractMeta } from './client-store-contract.ts';
import { createMemoryClientStore } from './memory-client-store.ts';
import { createMemoryChangeLog, createMemoryRowStore } from './memory-server-stores.ts';
import { changeLogCases, rowStoreCases } from './server-store-contract.ts';

describe('the memory client store keeps the contract', () => {
  for (const each of clientStoreCases) {
    it(each.name, () =>
      each.run(async () => {
        const store = createMemoryClientStore(contractMeta);
        return { store, reopen: async () => store, dispose: async () => undefined };
      }),
    );
  }
});

describe('the memory change log keeps the contract', () => {
  for (const each of changeLogCases)
    it(each.name, () => each.run(async () => ({ log: createMemoryChangeLog(), space: 's' })));
});

describe('the memory row store keeps the contract', () => {
  for (const each of rowStoreCases)
    it(each.name, () => each.run(async () => ({ rows: createMemoryRowStore(), space: 's' })));
});
