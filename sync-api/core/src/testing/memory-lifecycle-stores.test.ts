import { describe, it } from 'vitest';
import { blobStoreCases, logRemovalCases, rowRemovalCases, spaceStoreCases } from './lifecycle-store-contract.ts';
import { createMemoryBlobStore, createMemorySpaceStore } from './memory-lifecycle-stores.ts';
import { createMemoryChangeLog, createMemoryRowStore } from './memory-server-stores.ts';

describe('the memory space store keeps the contract', () => {
  for (const each of spaceStoreCases)
    it(each.name, () => each.run(async () => ({ spaces: createMemorySpaceStore(), space: 's' })));
});

describe('the memory blob store keeps the contract', () => {
  for (const each of blobStoreCases)
    it(each.name, () => each.run(async () => ({ blobs: createMemoryBlobStore(), prefix: 'texts/s/' })));
});

describe('the memory change log gives up what is removed', () => {
  for (const each of logRemovalCases)
    it(each.name, () => each.run(async () => ({ log: createMemoryChangeLog(), space: 's' })));
});

describe('the memory row store gives up what is removed', () => {
  for (const each of rowRemovalCases)
    it(each.name, () => each.run(async () => ({ rows: createMemoryRowStore(), space: 's' })));
});
