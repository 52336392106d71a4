import type { ClientStore } from '@fintrack/sync-core/client';
import type { LedgerDatabase } from './database.ts';

/** What a ledger is built of. Time and ids come from outside. */
export type LedgerDeps = {
  /** What advice about it says that it is about: no other ledger has the name while the page stands. */
  readonly name: string;
  readonly database: LedgerDatabase;
  readonly store: ClientStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A random lower-case UUID. */
  readonly newId: () => string;
  /** Guessed from the system; what a new ledger starts with. */
  readonly defaults: { readonly currency: string; readonly locale: string };
  /** A ledger without an account: nothing in it waits for a server. */
  readonly isLocal: boolean;
  /** Runs work unless work of that name runs in this tab or another; then answers nothing. */
  readonly unlessBusy: <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>;
  /** Called after every commit of this tab, durable by then. */
  readonly onSaved: () => void;
};
