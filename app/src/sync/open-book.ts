import { type ClientStore, newReplicaMeta } from '@fintrack/sync-core/client';
import { createClientStore } from '../data/client-store.ts';
import { createLedger } from '../data/create-ledger.ts';
import { createLedgerDatabase, type LedgerDatabase } from '../data/database.ts';
import type { LedgerDeps } from '../data/ledger-deps.ts';
import { accountDatabaseName, openLocalLedger } from '../data/local-ledgers.ts';
import { onSyncFacts, readSyncFacts, saveBackedUpAt } from '../data/sync-facts.ts';
import type { Ledger } from '../model/ledger.ts';
import { createSyncer, type Syncer, type SyncerDeps } from './create-syncer.ts';

/** Space of a ledger without an account; no server ever sees it. */
const localSpace = 'local';

export type BookDeps = Pick<LedgerDeps, 'now' | 'newId' | 'defaults'> &
  Pick<SyncerDeps, 'transport' | 'chance' | 'newReplicaId' | 'isOnline' | 'schedule'> & {
    /** Runs while no other tab runs work of that name, as far as can be had. */
    readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
    readonly onSaved: () => void;
  };

/** One ledger, open, with its syncer if it has an account. */
export type Book = {
  readonly userId: string | undefined;
  readonly database: LedgerDatabase;
  readonly store: ClientStore;
  readonly ledgerDeps: LedgerDeps;
  readonly ledger: Ledger;
  readonly syncer: Syncer | undefined;
};

export const openLocalBook = async (deps: BookDeps): Promise<Book> =>
  bookOver(await openLocalLedger(), undefined, deps, () => undefined);

/** Needs no network, and is not asked for one [D7]. `onDrained`: everything of this device is with the server. */
export const openAccountBook = (userId: string, deps: BookDeps, onDrained: () => void): Book =>
  bookOver(createLedgerDatabase(accountDatabaseName(userId)), userId, deps, onDrained);

const bookOver = (
  database: LedgerDatabase,
  userId: string | undefined,
  deps: BookDeps,
  onDrained: () => void,
): Book => {
  const store = createClientStore(database, () => newReplicaMeta(userId ?? localSpace, deps.newReplicaId()));
  const syncer = userId === undefined ? undefined : syncerOver(database, store, deps, onDrained);
  const ledgerDeps: LedgerDeps = {
    database,
    store,
    now: deps.now,
    newId: deps.newId,
    defaults: deps.defaults,
    isLocal: userId === undefined,
    onSaved: () => {
      deps.onSaved();
      syncer?.wake('saved');
    },
  };
  return { userId, database, store, ledgerDeps, ledger: createLedger(ledgerDeps), syncer };
};

const syncerOver = (database: LedgerDatabase, store: ClientStore, deps: BookDeps, onDrained: () => void): Syncer =>
  createSyncer({
    store,
    transport: deps.transport,
    facts: {
      read: () => readSyncFacts(database),
      saveBackedUpAt: (at) => saveBackedUpAt(database, at),
      subscribe: (onChange) => onSyncFacts(database, onChange),
    },
    now: deps.now,
    chance: deps.chance,
    newReplicaId: deps.newReplicaId,
    isOnline: deps.isOnline,
    schedule: deps.schedule,
    exclusively: (work) => deps.exclusively(`sync ${database.name}`, work),
    onDrained,
  });
