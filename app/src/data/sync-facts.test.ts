import 'fake-indexeddb/auto';
import type { Bootstrap, ReplicaMeta } from '@fintrack/sync-core/client';
import { describe, expect, it } from 'vitest';
import { readSyncFacts, saveBackedUpAt } from './sync-facts.ts';
import { createTestLedger, tea, type TestLedger } from './testing/test-ledger.ts';

const setMeta = ({ store }: TestLedger, change: (meta: ReplicaMeta) => ReplicaMeta): Promise<null> =>
  store.transact(async (reads) => ({ writes: { meta: change(await reads.meta()) }, result: null }));

const isWhole = async ({ database }: TestLedger) => (await readSyncFacts(database)).isWhole;

const bootstrap: Bootstrap = {
  reset: { epoch: 1, seq: 90, digest: '', epochs: [], parts: [], known: null },
  next: 0,
  digest: '',
};

describe('all of an account is on a device', () => {
  it('once its log was read to the end, not before, whatever of it is there', async () => {
    const device = createTestLedger();
    expect(await isWhole(device)).toBe(false);
    await device.ledger.saveEntry(tea);
    await setMeta(device, (meta) => ({ ...meta, cursor: 40 }));
    expect(await isWhole(device)).toBe(false);
    await saveBackedUpAt(device.database, 1);
    expect(await isWhole(device)).toBe(true);
    await setMeta(device, (meta) => ({ ...meta, cursor: 50 }));
    expect(await isWhole(device)).toBe(true);
  });

  it('but not while a snapshot takes its place, nor when that was damaged and the log is read anew', async () => {
    const device = createTestLedger();
    await setMeta(device, (meta) => ({ ...meta, cursor: 40 }));
    await saveBackedUpAt(device.database, 1);
    await setMeta(device, (meta) => ({ ...meta, bootstrap }));
    expect(await isWhole(device)).toBe(false);
    await setMeta(device, (meta) => {
      const { bootstrap: _, ...rest } = meta;
      return { ...rest, cursor: 0 };
    });
    expect(await isWhole(device)).toBe(false);
    await setMeta(device, (meta) => ({ ...meta, cursor: 40 }));
    expect(await isWhole(device)).toBe(true);
  });

  it('after a restore of the server to fewer changes, once those are read to the end', async () => {
    const device = createTestLedger();
    await setMeta(device, (meta) => ({ ...meta, cursor: 40 }));
    await saveBackedUpAt(device.database, 1);
    await setMeta(device, (meta) => ({ ...meta, cursor: 30, epoch: 2 }));
    expect(await isWhole(device)).toBe(false);
    await saveBackedUpAt(device.database, 2);
    expect(await isWhole(device)).toBe(true);
  });

  it('where an older version of the app noted the last backup without its place', async () => {
    const device = createTestLedger();
    await setMeta(device, (meta) => ({ ...meta, cursor: 40 }));
    await device.database.meta.put({ name: 'backedUpAt', value: 1 });
    expect(await isWhole(device)).toBe(true);
  });
});
