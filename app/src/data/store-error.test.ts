import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { describe, expect, it, vi } from 'vitest';
import { ledgerClosed } from '../model/ledger.ts';
import { hasNothingToShow } from '../model/ledger-queries.ts';
import { createLedgerDatabase } from './database.ts';
import { createTestLedger, tea } from './testing/test-ledger.ts';

describe('a database that fails', () => {
  it('a full disk is told as such, nothing is half saved, and the ledger stays readable', async () => {
    const { ledger, database } = createTestLedger();
    await ledger.saveEntry(tea);
    const diskFull = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function put(this: IDBObjectStore) {
      if (this.name !== 'rows') return this.get('any');
      throw new DOMException('the disk is full', 'QuotaExceededError');
    });
    expect(await ledger.saveEntry(tea)).toEqual({ ok: false, error: { type: 'quota' } });
    diskFull.mockRestore();
    expect(await database.outbox.count()).toBe(1);
    expect(await ledger.entryCount()).toBe(1);
  });

  it('replaces no screen by a failed read while there is an earlier answer, unless the ledger is closed for good', () => {
    const read = (data: unknown) => ({ state: { data } });
    expect(hasNothingToShow(new Error('a hiccup'), read(undefined))).toBe(true);
    expect(hasNothingToShow(new Error('a hiccup'), read([]))).toBe(false);
    expect(hasNothingToShow(Object.assign(new Error('closed'), { name: ledgerClosed }), read([]))).toBe(true);
  });

  it('a lost connection is opened again and the save done', async () => {
    const { ledger, database } = createTestLedger();
    await ledger.saveEntry(tea);
    database.backendDB().close();
    expect((await ledger.saveEntry(tea)).ok).toBe(true);
    expect(await ledger.entryCount()).toBe(2);
  });

  it('an old tab lets go of its database for a newer version, and does not come back', async () => {
    let outdated = 0;
    const { ledger, database } = createTestLedger({ onOutdated: () => (outdated += 1) });
    await ledger.saveDraft('add', 'half-typed');
    const newer = new Dexie(database.name);
    newer.version(3).stores({ rows: 'key, list, other', drafts: 'name' });
    await newer.open();
    expect(outdated).toBe(1);
    expect(await ledger.saveEntry(tea)).toMatchObject({ ok: false, error: { type: 'storage' } });
    await expect(ledger.entryCount()).rejects.toThrow(expect.objectContaining({ name: ledgerClosed }));
    expect(await newer.table('drafts').get('add')).toEqual({ name: 'add', value: 'half-typed' });
    newer.close();
  });

  it('a save that must read first tells its form the same', async () => {
    const { ledger, database } = createTestLedger();
    const saved = await ledger.saveEntry(tea);
    const id = saved.ok ? saved.value.id : '';
    database.close();
    const storage = { ok: false, error: { type: 'storage' } };
    expect(await ledger.saveEntry({ ...tea, id })).toMatchObject(storage);
    expect(await ledger.restoreEntry('expense', id)).toMatchObject(storage);
    expect(await ledger.addCategory('Pets')).toMatchObject(storage);
    expect(await ledger.updateProfile({ name: 'Ada' })).toMatchObject(storage);
    expect(await ledger.undoChange('expense', id)).toMatchObject(storage);
    expect(await ledger.undoImport(id, () => undefined)).toMatchObject(storage);
  });

  it('a reload after that opens the newer database as it is, without harm', async () => {
    const { database } = createTestLedger();
    const newer = new Dexie(database.name);
    newer.version(3).stores({ drafts: 'name', later: 'id' });
    await newer.table('later').put({ id: 1 });
    newer.close();
    const older = createLedgerDatabase(database.name);
    await older.drafts.put({ name: 'add', value: 1 }).catch(() => undefined);
    older.close();
    const again = new Dexie(database.name);
    again.version(3).stores({ drafts: 'name', later: 'id' });
    expect(await again.table('later').count()).toBe(1);
    again.close();
  });
});
