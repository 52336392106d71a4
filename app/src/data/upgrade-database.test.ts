import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { describe, expect, it } from 'vitest';
import type { LedgerDatabase } from './database.ts';
import { rowOfText } from './stored-row.ts';
import { createTestLedger, tea, type TestLedger } from './testing/test-ledger.ts';

const importId = '0e8dbd9c-5c4f-4a59-9a4f-3b5ab1f0a001';
const days = ['2026-10-31', '2026-11-01', '2026-11-02'];
const rows = days.map((date, index) => ({ ...tea, date, line: index + 1 }));
const request = { importId, fileName: 'bank.csv', fileSizeBytes: 9, rows };

const used = async (): Promise<TestLedger> => {
  const made = createTestLedger();
  const { ledger } = made;
  await ledger.saveEntry({ ...tea, kind: 'income', currency: 'JPY' });
  await ledger.importRows(request, () => undefined);
  const { entries } = await ledger.entries({ limit: 10 });
  const imported = entries.find(({ date }) => date === '2026-11-01');
  await ledger.deleteEntry('expense', imported?.id ?? '');
  return made;
};

/** The same content as version 1 of the database kept it. */
const copyToVersion1 = async (from: LedgerDatabase, name: string): Promise<void> => {
  const old = new Dexie(name);
  old.version(1).stores({
    rows: 'key, list, importKey',
    shadow: 'key',
    outbox: 'first, claimed',
    kept: '[epoch+seq], confirmedAt',
    journal: 'id, isOpen',
    totals: 'key',
    drafts: 'name',
    meta: 'name',
  });
  for (const { key, totals } of await from.totals.toArray())
    for (const [rest, [sumMinor, count]] of Object.entries(totals))
      await old.table('totals').add({ key: `${key} ${rest}`, sumMinor, count });
  for (const stored of await from.rows.toArray()) {
    const { cells, deleted } = rowOfText(stored.row);
    const of = cells['import']?.value;
    const marked = of === undefined ? {} : { importKey: deleted?.value ? `deleted ${importId}` : of };
    await old.table('rows').add({ ...stored, ...marked });
  }
  for (const table of ['outbox', 'meta'] as const) await old.table(table).bulkAdd(await from[table].toArray());
  old.close();
};

describe('a database of version 1', () => {
  it('keeps its totals, its imports and what waits, and takes new entries', async () => {
    const now = await used();
    await copyToVersion1(now.database, 'of-version-1');
    const { ledger, database } = createTestLedger({ name: 'of-version-1' });
    const months = ['2026-01', '2026-12'] as const;
    expect(await ledger.totals(...months)).toEqual(await now.ledger.totals(...months));
    expect(await ledger.totals('2026-10', '2026-10')).toMatchObject([{ sumMinor: 1240, count: 1 }]);
    expect(await ledger.imports()).toMatchObject([{ id: importId, entryCount: 2 }]);
    expect(await ledger.entryCount()).toBe(3);
    expect(await database.outbox.count()).toBe(await now.database.outbox.count());
    expect((await ledger.saveEntry({ ...tea, date: '2026-10-01' })).ok).toBe(true);
    expect(await ledger.totals('2026-10', '2026-10')).toMatchObject([{ sumMinor: 2480, count: 2 }]);
  });

  it('has an import that can be taken back and brought again', async () => {
    await copyToVersion1((await used()).database, 'import-of-version-1');
    const { ledger } = createTestLedger({ name: 'import-of-version-1' });
    expect((await ledger.undoImport(importId, () => undefined)).ok).toBe(true);
    expect(await ledger.entryCount()).toBe(1);
    expect((await ledger.importRows(request, () => undefined)).ok).toBe(true);
    expect(await ledger.imports()).toMatchObject([{ entryCount: 3 }]);
  });
});
