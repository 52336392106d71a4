import { type ClientStore, newReplicaMeta } from '@fintrack/sync-core/client';
import type { EntryDraft, Ledger } from '../../model/ledger.ts';
import type { AnnounceWrite } from '../announced-writes.ts';
import { createClientStore } from '../client-store.ts';
import { createLedger } from '../create-ledger.ts';
import { createLedgerDatabase, type LedgerDatabase } from '../database.ts';
import type { LedgerDeps } from '../ledger-deps.ts';

export type TestLedger = {
  readonly ledger: Ledger;
  readonly database: LedgerDatabase;
  readonly store: ClientStore;
  readonly deps: LedgerDeps;
  /** What this ledger's clock says; tests move it. */
  readonly clock: { now: number };
};

export type TestLedgerOptions = {
  readonly name?: string;
  readonly space?: string;
  readonly isLocal?: boolean;
  readonly onOutdated?: () => void;
  readonly announce?: AnnounceWrite;
};

/** An entry as somebody types it. */
export const tea: EntryDraft = {
  kind: 'expense',
  date: '2026-11-03',
  amountMinor: 1240,
  currency: 'EUR',
  title: 'Tea house',
  note: '',
  categoryId: null,
};

let made = 0;

/** Random-looking ids in a fixed order. */
export const testUuid = (number: number): string =>
  `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
export const testReplicaId = (number: number): string => number.toString(16).padStart(16, '0');

const createUnlessBusy = (): LedgerDeps['unlessBusy'] => {
  const running = new Set<string>();
  return async (name, work) => {
    if (running.has(name)) return undefined;
    running.add(name);
    return work().finally(() => running.delete(name));
  };
};

/** A ledger over a database of its own, with a clock and ids that the test governs. */
export const createTestLedger = (options: TestLedgerOptions = {}): TestLedger => {
  made += 1;
  const replica = testReplicaId(made);
  const database = createLedgerDatabase(options.name ?? `ledger-${made}`, options.onOutdated);
  const store = createClientStore(database, () => newReplicaMeta(options.space ?? 'space', replica), options.announce);
  const clock = { now: 1_760_000_000_000 };
  let ids = made * 100_000;
  const deps: LedgerDeps = {
    name: database.name,
    database,
    store,
    now: () => clock.now++,
    newId: () => testUuid(ids++),
    defaults: { currency: 'EUR', locale: 'de-DE' },
    isLocal: options.isLocal ?? false,
    unlessBusy: createUnlessBusy(),
    onSaved: () => undefined,
  };
  return { ledger: createLedger(deps), database, store, deps, clock };
};
