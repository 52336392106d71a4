import type { Row } from '@fintrack/sync-core/client';
import { addStarters } from '../../app/src/data/starters.ts';
import { rowOfText } from '../../app/src/data/stored-row.ts';
import { readSyncFacts } from '../../app/src/data/sync-facts.ts';
import type { EntryDraft } from '../../app/src/model/ledger.ts';
import { now, schedule } from '../../app/src/platform/clock.ts';
import { chance, newId, newReplicaId } from '../../app/src/platform/ids.ts';
import { oneTabAtATime, unlessBusy } from '../../app/src/platform/one-tab-at-a-time.ts';
import { createAccountSyncer } from '../../app/src/sync/create-account-syncer.ts';
import type { Syncer } from '../../app/src/sync/create-syncer.ts';
import { createHttpTransport } from '../../app/src/sync/http-transport.ts';
import { type AccountBook, openAccountBook } from '../../app/src/sync/open-book.ts';
import { benchExpenses, type BenchExpense } from '../data/expenses.ts';

type Device = { readonly book: AccountBook; readonly syncer: Syncer; readonly drained: () => Promise<void> };

let device: Device | undefined;

const opened = (): Device => {
  if (!device) throw new Error('no ledger is open');
  return device;
};

const otherTabMsMax = 5000;

/** As the app's composition root, without a session to ask and without screens. */
const openDevice = (userId: string, token: string): Device => {
  const waiting = new Set<{ resolve: () => void; reject: (error: Error) => void }>();
  const settle = (tell: (waiter: { resolve: () => void; reject: (error: Error) => void }) => void): void => {
    for (const waiter of waiting) tell(waiter);
    waiting.clear();
  };
  const book = openAccountBook(userId, {
    now,
    newId,
    newReplicaId,
    defaults: { currency: 'EUR', locale: 'de-DE' },
    onSaved: () => undefined,
    onOutdated: () => undefined,
    unlessBusy,
  });
  const accessToken = async () => ({ type: 'token', token }) as const;
  const syncer = createAccountSyncer(book, {
    transport: createHttpTransport({ apiUrl: async () => '', accessToken }),
    now,
    chance,
    newReplicaId,
    isOnline: () => true,
    schedule,
    exclusively: (name, work) => oneTabAtATime(`fintrack ${name}`, otherTabMsMax, work),
    onDrained: () => settle(({ resolve }) => resolve()),
  });
  syncer.subscribe(() => {
    const { phase } = syncer.status();
    if (phase.type === 'blocked' || phase.type === 'waitingToRetry')
      settle(({ reject }) => reject(new Error(`sync stands still: ${JSON.stringify(phase)}`)));
  });
  return { book, syncer, drained: () => new Promise((resolve, reject) => void waiting.add({ resolve, reject })) };
};

const toDraft = ({ title, ...expense }: BenchExpense): EntryDraft => ({
  ...expense,
  kind: 'expense',
  currency: 'EUR',
  title,
});

/** A record as an app would export it: every value that a person typed, and nothing of sync. */
const toExported = ({ kind, id, cells }: Row) => ({
  id,
  kind,
  ...Object.fromEntries(Object.entries(cells).map(([group, { value }]) => [group, value])),
});

const product = {
  /** Opens an account's ledger, with what every ledger starts with; nothing is sent. */
  async open(userId: string, token: string): Promise<void> {
    device = openDevice(userId, token);
    await addStarters(device.book.ledgerDeps);
  },

  /** Imports so many expenses as one file. */
  async importExpenses(count: number): Promise<void> {
    const rows = benchExpenses(count).map((expense, index) => ({ ...toDraft(expense), line: index + 1 }));
    const request = { importId: newId(), fileName: 'bench.csv', fileSizeBytes: 1, rows };
    const imported = await opened().book.ledger.importRows(request, () => undefined);
    if (!imported.ok) throw new Error(JSON.stringify(imported.error));
  },

  /** Pushes and pulls until there is nothing left. */
  async sync(): Promise<void> {
    const { syncer, drained } = opened();
    const isDrained = drained();
    syncer.wake('asked');
    await isDrained;
  },

  async openAndSync(userId: string, token: string): Promise<void> {
    await product.open(userId, token);
    await product.sync();
  },

  /** Another amount for an expense chosen by its place among all keys, as its form would save it. */
  async editAmount(place: number, amountMinor: number): Promise<void> {
    const { book } = opened();
    const keys = await book.database.rows.where('key').startsWith('expense/').primaryKeys();
    const entry = await book.ledger.entry('expense', (keys[place] ?? '').slice('expense/'.length));
    if (!entry) throw new Error('there is no such expense');
    const saved = await book.ledger.saveEntry({ ...entry, before: entry, amountMinor });
    if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  },

  async exportRecords(): Promise<readonly object[]> {
    const stored = await opened().book.database.rows.toArray();
    return stored.map(({ row }) => toExported(rowOfText(row)));
  },

  entryCount: () => opened().book.ledger.entryCount(),

  facts: () => readSyncFacts(opened().book.database),

  /** Milliseconds from typing to durable, of each of so many new expenses. */
  async saveEach(count: number): Promise<readonly number[]> {
    const { ledger } = opened().book;
    const taken: number[] = [];
    for (const expense of benchExpenses(count, 7)) {
      const startedAtMs = performance.now();
      const saved = await ledger.saveEntry(toDraft(expense));
      taken.push(performance.now() - startedAtMs);
      if (!saved.ok) throw new Error(JSON.stringify(saved.error));
    }
    return taken;
  },
};

export type ProductPage = typeof product;

Object.assign(globalThis, { bench: product });
