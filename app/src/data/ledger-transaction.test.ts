import 'fake-indexeddb/auto';
import { newReplicaMeta } from '@fintrack/sync-core/client';
import { describe, expect, it } from 'vitest';
import { createClientStore } from './client-store.ts';
import { onTablesChanged } from './create-ledger.ts';
import { createLedgerDatabase } from './database.ts';
import { inLedgerTransaction } from './ledger-transaction.ts';
import { createTestLedger, tea, testReplicaId } from './testing/test-ledger.ts';

describe('a transaction of the ledger', () => {
  it('tells of the tables it wrote, once it is durable, and of no other', async () => {
    const database = createLedgerDatabase('told');
    await database.open();
    const told: string[] = [];
    for (const table of ['meta', 'rows', 'totals']) onTablesChanged(database, [table], () => void told.push(table));
    await inLedgerTransaction(database, async ({ put }) => {
      put('meta', [{ name: 'restarts', value: 1 }]);
      put('rows', []);
      expect(told).toEqual([]);
    });
    expect(told).toEqual(['meta']);
  });

  it('writes nothing and tells of nothing where a request fails, and says why', async () => {
    const database = createLedgerDatabase('failed');
    await database.open();
    let told = 0;
    onTablesChanged(database, ['meta'], () => (told += 1));
    const failing = inLedgerTransaction(database, async ({ put, store }) => {
      put('meta', [{ name: 'restarts', value: 1 }]);
      store('meta').add({ name: 'restarts', value: 2 });
    });
    await expect(failing).rejects.toThrow(expect.objectContaining({ name: 'ConstraintError' }));
    expect(await database.meta.count()).toBe(0);
    expect(told).toBe(0);
  });

  it('opens no database that was closed for good', async () => {
    const database = createLedgerDatabase('closed');
    database.close();
    await expect(inLedgerTransaction(database, async () => undefined)).rejects.toThrow(
      expect.objectContaining({ name: 'DatabaseClosedError' }),
    );
  });
});

describe('totals that a tab remembers', () => {
  it('are read again once another tab has written', async () => {
    const { ledger, database, deps } = createTestLedger();
    const otherDatabase = createLedgerDatabase(database.name);
    const otherStore = createClientStore(otherDatabase, () => newReplicaMeta('space', testReplicaId(1)));
    const other = createTestLedger({ name: database.name });
    await ledger.saveEntry(tea);
    await ledger.saveEntry(tea);
    await other.ledger.saveEntry({ ...tea, amountMinor: 1 });
    await otherStore.transact(async (reads) => ({ writes: { meta: await reads.meta() }, result: null }));
    await ledger.saveEntry(tea);
    expect(await deps.database.totals.toArray()).toEqual([
      { key: '2026-11', totals: { 'EUR expense ': [3 * tea.amountMinor + 1, 4] } },
    ]);
  });

  it('are forgotten with a save that failed', async () => {
    const { ledger, store } = createTestLedger();
    await ledger.saveEntry(tea);
    const failed = store.transact(async (reads) => {
      await reads.meta();
      throw new Error('stop here');
    });
    await expect(failed).rejects.toThrow('stop here');
    await ledger.saveEntry(tea);
    expect(await ledger.totals('2026-11', '2026-11')).toMatchObject([{ sumMinor: 2 * tea.amountMinor, count: 2 }]);
  });
});
