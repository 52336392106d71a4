import 'fake-indexeddb/auto';
import type { Result } from '@fintrack/sync-core/protocol';
import { createMemoryChangeLog } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { keptAuthors, toKeptItem, toStoredKeptItem } from './stored-outbox.ts';
import { syncThrough } from './testing/sync-through.ts';
import { createTestLedger, tea, testUuid } from './testing/test-ledger.ts';

const must = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const importOf = (lines: number) => ({
  importId: testUuid(1),
  fileName: 'november.csv',
  fileSizeBytes: 100,
  rows: Array.from({ length: lines }, (_, index) => ({ ...tea, line: index + 1, title: `Row ${index + 1}` })),
});

describe('what waits', () => {
  it('is listed in the order in which it is sent, a page at a time, through long acts too', async () => {
    const { ledger } = createTestLedger();
    must(await ledger.saveEntry(tea));
    must(await ledger.importRows(importOf(25), () => undefined));
    const { id } = must(await ledger.saveEntry({ ...tea, title: 'Last' }));
    must(await ledger.deleteEntry('expense', id));
    const seen: string[] = [];
    for (let from: number | null = 1; from !== null; ) {
      const page: Awaited<ReturnType<typeof ledger.waiting>> = await ledger.waiting(from, 10);
      seen.push(
        ...page.changes.map(
          ({ what, values, kind }) =>
            `${what} ${kind === 'import' ? 'the import' : JSON.stringify(values['description'])}`,
        ),
      );
      from = page.next;
    }
    const rows = Array.from({ length: 25 }, (_, index) => `added "Row ${index + 1}"`);
    expect(seen).toEqual(['added "Tea house"', 'added the import', ...rows, 'added "Last"', 'deleted "Last"']);
  });

  it('is empty once the server has it', async () => {
    const log = createMemoryChangeLog();
    const device = createTestLedger();
    must(await device.ledger.saveEntry(tea));
    await syncThrough(log, device);
    expect(await device.ledger.waiting(1, 10)).toEqual({ changes: [], next: null });
  });

  it('is a file of JSON with every change in it', async () => {
    const { ledger } = createTestLedger();
    must(await ledger.saveEntry(tea));
    must(await ledger.saveEntry({ ...tea, title: '"Quoted", and more' }));
    const file: unknown = JSON.parse(await ledger.exportWaiting());
    expect(file).toMatchObject({
      format: 'fintrack-waiting',
      changes: [{ number: 1 }, { number: 2, change: { set: { description: ['"Quoted", and more'] } } }],
    });
  });
});

describe('recent changes', () => {
  it('count what a large import did beside one line of it', async () => {
    const log = createMemoryChangeLog();
    const device = createTestLedger();
    must(await device.ledger.importRows(importOf(25), () => undefined));
    await syncThrough(log, device);
    must(await device.ledger.saveEntry(tea));
    expect(await device.ledger.recentChanges(10)).toMatchObject([
      { what: 'added', values: { description: 'Tea house' }, receivedAt: null, othersCount: 0 },
      { what: 'added', othersCount: 24 },
    ]);
  });
});

describe('devices', () => {
  it('are those that wrote, the latest first, with this one marked', async () => {
    const log = createMemoryChangeLog();
    const [a, b] = [createTestLedger(), createTestLedger()] as const;
    must(await a.ledger.saveEntry(tea));
    must(await a.ledger.saveEntry(tea));
    await syncThrough(log, a);
    b.clock.now = a.clock.now + 60_000;
    must(await b.ledger.saveEntry(tea));
    await syncThrough(log, b);
    await syncThrough(log, a);
    expect(await a.ledger.devices()).toMatchObject([
      { author: { type: 'otherDevice' }, changeCount: 1 },
      { author: { type: 'thisDevice' }, changeCount: 2 },
    ]);
    expect((await b.ledger.devices())[0]).toMatchObject({ author: { type: 'thisDevice' } });
  });

  it('are read of a kept entry without its changes, whatever is written in them', () => {
    const changes = [{ kind: 'later', id: testUuid(5), at: 1, identities: ['x'], set: { a: ['"identities":["y"'] } }];
    const item = toStoredKeptItem({
      epoch: 1,
      seq: 3,
      receivedAt: 9,
      confirmedAt: 10,
      changes,
      identities: ['z'],
      own: [0],
    });
    expect(keptAuthors(item)).toEqual({ receivedAt: 9, identities: ['z'], own: [0] });
    const { body, ...place } = item;
    const turned = {
      ...place,
      body: JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body) as object).reverse())),
    };
    expect(keptAuthors(turned)).toMatchObject({ receivedAt: 9, identities: ['z'] });
    expect(toKeptItem(turned).changes).toEqual(changes);
  });
});

describe('the file of all entries', () => {
  it('has every entry with its kind, category by name, and texts as they are', async () => {
    const { ledger } = createTestLedger();
    const category = must(await ledger.addCategory('Eating out, mostly'));
    must(await ledger.saveEntry({ ...tea, categoryId: category.id, note: 'said "hello"\nand left' }));
    must(await ledger.saveEntry({ ...tea, amountMinor: -500, title: '' }));
    must(await ledger.saveEntry({ ...tea, kind: 'income', currency: 'JPY', amountMinor: 3000, date: '2026-10-01' }));
    expect((await ledger.exportEntries()).split('\r\n')).toEqual([
      'Date,Type,Amount,Currency,Category,Description,Note',
      '2026-11-03,Expense,-5.00,EUR,,,',
      '2026-11-03,Expense,12.40,EUR,"Eating out, mostly",Tea house,"said ""hello""\nand left"',
      '2026-10-01,Income,3000,JPY,,Tea house,',
      '',
    ]);
  });
});
