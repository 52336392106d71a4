import { countRestart, onSyncFacts, readSyncFacts, saveBackedUpAt } from '../data/sync-facts.ts';
import { createSyncer, type Syncer, type SyncerDeps } from './create-syncer.ts';
import type { Book } from './open-book.ts';

export type AccountSyncerDeps = Omit<SyncerDeps, 'store' | 'facts' | 'exclusively'> & {
  /** Runs while no other tab runs work of that name, as far as can be had. */
  readonly exclusively: <T>(name: string, work: () => Promise<T>) => Promise<T>;
};

/** The syncer of one ledger's database; every tab and the service worker share its lock. */
export const createAccountSyncer = (
  { database, store }: Pick<Book, 'database' | 'store'>,
  deps: AccountSyncerDeps,
): Syncer =>
  createSyncer({
    ...deps,
    store,
    facts: {
      read: () => readSyncFacts(database),
      saveBackedUpAt: (at) => saveBackedUpAt(database, at),
      countRestart: () => countRestart(database),
      subscribe: (onChange) => onSyncFacts(database, onChange),
    },
    exclusively: (work) => deps.exclusively(`sync ${database.name}`, work),
  });
