import { type ClientStore, newReplicaMeta } from '@fintrack/sync-core/client';
import { createAnnouncer } from '../data/announced-writes.ts';
import { createClientStore } from '../data/client-store.ts';
import { createLedger } from '../data/create-ledger.ts';
import { createLedgerDatabase, type LedgerDatabase } from '../data/database.ts';
import type { LedgerDeps } from '../data/ledger-deps.ts';
import { accountDatabaseName, openLocalLedger } from '../data/local-ledgers.ts';
import type { Ledger } from '../model/ledger.ts';

/** Space of a ledger without an account; no server ever sees it. */
const localSpace = 'local';

export type BookDeps = Pick<LedgerDeps, 'now' | 'newId' | 'defaults' | 'onSaved' | 'unlessBusy'> & {
  readonly newReplicaId: () => string;
  /** A newer version of the app took the database over; this page can only be loaded again. */
  readonly onOutdated: () => void;
};

/** One ledger, open. */
export type Book = {
  readonly name: string;
  readonly userId: string | undefined;
  readonly database: LedgerDatabase;
  readonly store: ClientStore;
  readonly ledgerDeps: LedgerDeps;
  readonly ledger: Ledger;
  /** Nobody works in it any more. What is still under way is written all the same. */
  readonly close: () => void;
};

export type AccountBook = Book & { readonly userId: string };

export const openLocalBook = async (deps: BookDeps, name = localSpace): Promise<Book> =>
  bookOver(await openLocalLedger(deps.onOutdated), undefined, deps, name);

/** Needs no network, and is not asked for one [D7]. */
export const openAccountBook = (userId: string, deps: BookDeps, name = userId): AccountBook => ({
  ...bookOver(createLedgerDatabase(accountDatabaseName(userId), deps.onOutdated), userId, deps, name),
  userId,
});

/** An account's ledger where nobody looks at it: only to be synced. */
export const openAccountStore = (
  userId: string,
  newReplicaId: () => string,
): Pick<Book, 'database' | 'store' | 'close'> => {
  const database = createLedgerDatabase(accountDatabaseName(userId));
  const announcer = createAnnouncer();
  return {
    database,
    store: createClientStore(database, () => newReplicaMeta(userId, newReplicaId()), announcer.announce),
    close: () => {
      announcer.close();
      database.close();
    },
  };
};

const bookOver = (database: LedgerDatabase, userId: string | undefined, deps: BookDeps, name: string): Book => {
  const { now, newId, defaults, onSaved, unlessBusy } = deps;
  const announcer = createAnnouncer();
  const store = createClientStore(
    database,
    () => newReplicaMeta(userId ?? localSpace, deps.newReplicaId()),
    announcer.announce,
  );
  const isLocal = userId === undefined;
  const ledgerDeps: LedgerDeps = { name, database, store, now, newId, defaults, onSaved, unlessBusy, isLocal };
  return { name, userId, database, store, ledgerDeps, ledger: createLedger(ledgerDeps), close: announcer.close };
};
