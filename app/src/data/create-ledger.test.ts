import 'fake-indexeddb/auto';
import { recordActs } from '@fintrack/sync-core/client';
import type { Result } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import type { ImportRow } from '../model/ledger.ts';
import { addStarters } from './starters.ts';
import { createTestLedger, tea } from './testing/test-ledger.ts';

const must = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const lastChange = async (device: ReturnType<typeof createTestLedger>) => {
  const meta = await device.store.transact(async (reads) => ({ result: await reads.meta() }));
  const items = await device.store.transact(async (reads) => ({
    result: await reads.outboxFrom(meta.nextNumber - 1, 1),
  }));
  return items.at(-1)?.changes.at(-1);
};

describe('a ledger', () => {
  it('shows a saved entry in its month, newest first', async () => {
    const { ledger } = createTestLedger();
    must(await ledger.saveEntry(tea));
    must(await ledger.saveEntry({ ...tea, title: 'Later that day' }));
    must(await ledger.saveEntry({ ...tea, kind: 'income', date: '2026-11-30', title: 'Salary' }));
    must(await ledger.saveEntry({ ...tea, date: '2026-12-01', title: 'Next month' }));
    const titles = (await ledger.monthEntries('2026-11')).map(({ title }) => title);
    expect(titles).toEqual(['Salary', 'Later that day', 'Tea house']);
    expect((await ledger.entries({ limit: 2 })).entries.map(({ title }) => title)).toEqual(['Next month', 'Salary']);
    expect((await ledger.entries({ limit: 2 })).hasMore).toBe(true);
    expect(await ledger.entryCount()).toBe(4);
  });

  it('keeps totals by month, currency, kind and category', async () => {
    const { ledger } = createTestLedger();
    const { id } = must(await ledger.saveEntry(tea));
    must(await ledger.saveEntry({ ...tea, amountMinor: -240 }));
    must(await ledger.saveEntry({ ...tea, currency: 'JPY', amountMinor: 500 }));
    const euros = async () => (await ledger.totals('2026-11', '2026-11')).find(({ currency }) => currency === 'EUR');
    expect(await euros()).toMatchObject({ sumMinor: 1000, count: 2, kind: 'expense', categoryId: null });
    must(await ledger.saveEntry({ ...tea, id, date: '2026-10-31' }));
    expect(await euros()).toMatchObject({ sumMinor: -240, count: 1 });
    expect(await ledger.totals('2026-10', '2026-10')).toMatchObject([{ sumMinor: 1240, count: 1 }]);
  });

  it('sends only the groups that were typed over', async () => {
    const device = createTestLedger();
    const { id } = must(await device.ledger.saveEntry(tea));
    must(await device.ledger.saveEntry({ ...tea, id, note: 'with Emil' }));
    expect(Object.keys((await lastChange(device))?.set ?? {})).toEqual(['note']);
  });

  it('leaves alone what changed elsewhere while the form was open', async () => {
    const device = createTestLedger();
    const { id } = must(await device.ledger.saveEntry(tea));
    const before = await device.ledger.entry('expense', id);
    must(await device.ledger.saveEntry({ ...tea, id, amountMinor: 999 }));
    must(await device.ledger.saveEntry({ ...tea, id, note: 'typed', ...(before ? { before } : {}) }));
    expect(await device.ledger.entry('expense', id)).toMatchObject({ amountMinor: 999, note: 'typed' });
  });

  it('an entry that is saved unchanged makes no change', async () => {
    const device = createTestLedger();
    const { id } = must(await device.ledger.saveEntry(tea));
    const before = await lastChange(device);
    must(await device.ledger.saveEntry({ ...tea, id }));
    expect(await lastChange(device)).toEqual(before);
  });

  it('a delete is undone with every value, also after a reload', async () => {
    const { ledger, database } = createTestLedger();
    const { id } = must(await ledger.saveEntry({ ...tea, note: 'keep me' }));
    must(await ledger.deleteEntry('expense', id));
    expect(await ledger.entry('expense', id)).toBeUndefined();
    expect(await ledger.entryCount()).toBe(0);
    database.close({ disableAutoOpen: false });
    must(await ledger.restoreEntry('expense', id));
    expect(await ledger.entry('expense', id)).toMatchObject({ title: 'Tea house', note: 'keep me' });
    expect(await ledger.totals('2026-11', '2026-11')).toMatchObject([{ sumMinor: 1240, count: 1 }]);
  });

  it('finds words in title and note in any case, and entries of one category', async () => {
    const { ledger } = createTestLedger();
    const category = must(await ledger.addCategory('Tea'));
    must(await ledger.saveEntry({ ...tea, title: 'Müller', note: 'Grüner Tee', categoryId: category.id }));
    must(await ledger.saveEntry({ ...tea, date: '2025-01-02', title: 'Coffee' }));
    const found = async (query: object) => (await ledger.entries({ limit: 10, ...query })).entries.map((e) => e.title);
    expect(await found({ text: 'mÜLLER tee' })).toEqual(['Müller']);
    expect(await found({ text: 'coffee' })).toEqual(['Coffee']);
    expect(await found({ categoryId: category.id })).toEqual(['Müller']);
    expect(await found({ categoryId: null })).toEqual(['Coffee']);
    expect(await found({ month: '2025-01', text: 'tee' })).toEqual([]);
  });

  it('a search looks further back for who asks for more', async () => {
    const { ledger } = createTestLedger();
    const days = Array.from({ length: 150 }, (_, index) => ({ ...tea, date: '2026-11-01', line: index + 1 }));
    const importId = '00000000-0000-4000-8000-000000000001';
    must(await ledger.importRows({ importId, fileName: 'a.csv', fileSizeBytes: 1, rows: days }, () => undefined));
    must(await ledger.saveEntry({ ...tea, date: '2025-01-01', title: 'Long ago' }));
    expect(await ledger.entries({ text: 'long', limit: 1 })).toEqual({ entries: [], hasMore: true });
    expect(await ledger.entries({ text: 'long', limit: 2 })).toMatchObject({
      entries: [{ title: 'Long ago' }],
      hasMore: false,
    });
  });

  it('an amount out of range is refused and nothing is saved', async () => {
    const { ledger } = createTestLedger();
    const saved = await ledger.saveEntry({ ...tea, amountMinor: 1e15 });
    expect(saved).toMatchObject({ ok: false, error: { type: 'invalid', reason: { type: 'value', group: 'amount' } } });
    expect(await ledger.entryCount()).toBe(0);
  });

  it('tells its listeners of a save, once it can be read', async () => {
    const { ledger } = createTestLedger();
    await ledger.entryCount(); // a new database tells of itself once
    const told = new Promise<number>((resolve) => {
      const stop = ledger.subscribe(() => {
        stop();
        resolve(ledger.entryCount());
      });
    });
    must(await ledger.saveEntry(tea));
    expect(await told).toBe(1);
  });

  it('keeps drafts as typed', async () => {
    const { ledger } = createTestLedger();
    await ledger.saveDraft('add', { amount: '12,4' });
    expect(await ledger.loadDraft('add')).toEqual({ amount: '12,4' });
    await ledger.clearDraft('add');
    expect(await ledger.loadDraft('add')).toBeUndefined();
  });
});

describe('budgets', () => {
  it('a budget is set, changed without touching what it is of, removed and set again', async () => {
    const device = createTestLedger();
    const { ledger } = device;
    const category = must(await ledger.addCategory('Pets'));
    const budget = { categoryId: category.id, month: '2026-11', amountMinor: 5000, currency: 'EUR' };
    must(await ledger.setBudget(budget));
    const [before] = await ledger.editableBudgets('2026-11');
    must(await ledger.setBudget({ ...budget, amountMinor: 6000, ...(before ? { before } : {}) }));
    expect(Object.keys((await lastChange(device))?.set ?? {})).toEqual(['amount']);
    const [set] = await ledger.editableBudgets('2026-11');
    expect(set).toMatchObject({ ...budget, amountMinor: 6000 });
    must(await ledger.removeBudget(set ?? { id: '' }));
    expect(await ledger.budgets('2026-11')).toEqual([]);
    must(await ledger.setBudget(budget));
    expect(await ledger.budgets('2026-11')).toMatchObject([budget]);
  });
});

describe('starters', () => {
  it('come once: a starter that was deleted stays away', async () => {
    const { ledger, deps, store, database } = createTestLedger();
    await addStarters(deps);
    const before = await ledger.categories();
    expect(before.map(({ name }) => name).slice(0, 3)).toEqual(['Housing', 'Groceries', 'Dining']);
    expect(await ledger.profile()).toEqual({ name: '', currency: 'EUR', locale: 'de-DE', monthStart: 1 });
    await recordActs(store, [{ type: 'delete', kind: 'category', id: before[0]?.id ?? '' }], { at: 5 });
    await database.meta.delete('starters');
    await addStarters(deps);
    expect((await ledger.categories()).length).toBe(before.length - 1);
  });

  it('a category that is added again under its name is the one that is there', async () => {
    const { ledger, deps } = createTestLedger();
    await addStarters(deps);
    const added = must(await ledger.addCategory(' groceries '));
    expect(added).toEqual((await ledger.categories()).find(({ name }) => name === 'Groceries'));
  });
});

describe('an import', () => {
  const importId = '0e8dbd9c-5c4f-4a59-9a4f-3b5ab1f0a001';
  const rows = (count: number): readonly ImportRow[] =>
    Array.from({ length: count }, (_, index) => ({
      ...tea,
      title: `Row ${index}`,
      line: index + 2,
      categoryName: index % 2 === 0 ? 'Pets' : 'pets ',
    }));
  const request = (count: number) => ({ importId, fileName: 'bank.csv', fileSizeBytes: 9, rows: rows(count) });

  it('commits in chunks, one packed item of the outbox each, and makes a category once', async () => {
    const { ledger, database } = createTestLedger();
    const seen: number[] = [];
    must(await ledger.importRows(request(2500), ({ done }) => seen.push(done)));
    expect(seen).toEqual([1000, 2000, 2500]);
    // The category, the import's record, three chunks.
    expect(await database.outbox.count()).toBe(5);
    expect((await ledger.categories()).map(({ name }) => name)).toEqual(['Pets']);
    expect(await ledger.imports()).toMatchObject([{ id: importId, rows: 2500, entryCount: 2500 }]);
    expect(await ledger.entryCount()).toBe(2500);
  });

  it('takes a category for the same however its accents are stored', async () => {
    const { ledger } = createTestLedger();
    const names = ['Caf\u00e9', 'CAFE\u0301'];
    const both = names.map((categoryName, index) => ({ ...tea, line: index + 1, categoryName }));
    must(await ledger.importRows({ ...request(0), rows: both }, () => undefined));
    expect(await ledger.categories()).toHaveLength(1);
  });

  it('resumes without doubling, and leaves deleted rows deleted', async () => {
    const { ledger } = createTestLedger();
    must(await ledger.importRows(request(3), () => undefined));
    const [first] = (await ledger.entries({ limit: 1 })).entries;
    must(await ledger.deleteEntry('expense', first?.id ?? ''));
    must(await ledger.importRows(request(5), () => undefined));
    expect(await ledger.entryCount()).toBe(4);
  });

  it('cannot be taken back while it runs', async () => {
    const { ledger } = createTestLedger();
    const running = ledger.importRows(request(1200), () => undefined);
    const undone = new Promise((resolve) => {
      const stop = ledger.subscribe(() => {
        stop();
        resolve(ledger.undoImport(importId, () => undefined));
      });
    });
    expect(await undone).toEqual({ ok: false, error: { type: 'busy' } });
    must(await running);
    expect(await ledger.imports()).toMatchObject([{ entryCount: 1200 }]);
  });

  it('is undone as a whole and can be brought back', async () => {
    const { ledger } = createTestLedger();
    must(await ledger.saveEntry(tea));
    must(await ledger.importRows(request(1200), () => undefined));
    must(await ledger.undoImport(importId, () => undefined));
    expect(await ledger.entryCount()).toBe(1);
    expect(await ledger.imports()).toEqual([]);
    must(await ledger.importRows(request(1200), () => undefined));
    expect(await ledger.entryCount()).toBe(1201);
    expect(await ledger.imports()).toMatchObject([{ entryCount: 1200 }]);
  });
});
