import Dexie from 'dexie';
import { ledgerClosed } from '../model/ledger.ts';
import type { LedgerDatabase } from './database.ts';

export type StoreProblem = 'quota' | 'storage' | 'moving';

/** What a ledger's database would not do. Every Dexie error becomes one of these here, and nowhere else. */
export class StoreError extends Error {
  readonly problem: StoreProblem;

  constructor(problem: StoreProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = isClosedForGood(options?.cause) ? ledgerClosed : 'StoreError';
    this.problem = problem;
  }
}

/**
 * Runs database work. A lost connection (the browser's storage process died, or the page came back from its cache) is
 * opened again and the work run once more; what remains is thrown as `StoreError`. Bugs in the work pass unchanged.
 */
export const withDatabase = async <T>(database: LedgerDatabase, work: () => PromiseLike<T>): Promise<T> => {
  try {
    return await unlessBlocked(database, work);
  } catch (error) {
    if (!isConnectionLost(error)) throw toStoreError(error);
  }
  try {
    // Not after a newer version took the database over: Dexie refuses to open one that was closed for good.
    if (database.isOpen()) database.close({ disableAutoOpen: false });
    return await unlessBlocked(database, work);
  } catch (error) {
    throw toStoreError(error);
  }
};

/**
 * A database that an older tab does not let go of opens only when that tab is closed, which may be never: the work still
 * waits for it, but whoever asked is told.
 */
const unlessBlocked = async <T>(database: LedgerDatabase, work: () => PromiseLike<T>): Promise<T> => {
  if (database.isOpen()) return work();
  if (database.isBlocked()) throw blocked();
  let onBlocked = (): void => undefined;
  const told = new Promise<never>((_, reject) => {
    onBlocked = () => reject(blocked());
  });
  database.on('blocked', onBlocked);
  try {
    return await Promise.race([work(), told]);
  } finally {
    database.on.blocked.unsubscribe(onBlocked);
  }
};

const blocked = (): StoreError =>
  new StoreError('storage', 'An older tab of this app keeps the book open: close that tab, then try again.');

const toStoreError = (error: unknown): unknown => {
  const names = namesOf(error);
  if (names.length === 0) return error;
  const message = error instanceof Error ? error.message : names.join(' ');
  return new StoreError(names.includes('QuotaExceededError') ? 'quota' : 'storage', message, { cause: error });
};

/** By what remains after a second try: a newer version of the app has the database. */
const isClosedForGood = (cause: unknown): boolean => namesOf(cause).includes('DatabaseClosedError');

const isConnectionLost = (error: unknown): boolean => {
  const names = namesOf(error);
  if (names.includes('QuotaExceededError')) return false;
  const message = error instanceof Error ? error.message : '';
  return (
    names.includes('InvalidStateError') ||
    names.includes('DatabaseClosedError') ||
    (names.length > 0 && /connection|clos(ed|ing)/i.test(message))
  );
};

/** Names of a database error and of those it holds; none for any other error. */
const namesOf = (error: unknown): readonly string[] => {
  if (!(error instanceof DOMException || error instanceof Dexie.DexieError)) return [];
  const inner = 'inner' in error ? namesOf(error.inner) : [];
  const failures = 'failures' in error && Array.isArray(error.failures) ? error.failures.flatMap(namesOf) : [];
  return [String(error.name), ...inner, ...failures];
};
