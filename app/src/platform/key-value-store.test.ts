import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { createKeyValueStore } from './key-value-store.ts';

describe('the key-value store', () => {
  it('keeps text by key, also for the next page', async () => {
    const store = createKeyValueStore('tokens');
    await store.setItem('a', 'one');
    await store.setItem('b', 'two');
    await store.removeItem('b');
    const next = createKeyValueStore('tokens');
    expect([await next.getItem('a'), await next.getItem('b')]).toEqual(['one', null]);
    await next.clear();
    expect(await store.getItem('a')).toBeNull();
  });
});
