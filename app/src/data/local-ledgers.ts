import Dexie from 'dexie';
import { createLedgerDatabase, type LedgerDatabase } from './database.ts';
import { withDatabase } from './store-error.ts';

/**
 * Local ledgers are numbered: while one waits to be confirmed in the account it moved to, a person who signs out goes on
 * in another.
 */
const localName = (number: number): string => (number === 1 ? 'fintrack-local' : `fintrack-local-${number}`);
const localPattern = /^fintrack-local(?:-(\d+))?$/;

export const accountDatabaseName = (userId: string): string => `fintrack-${userId}`;

/** The local ledger that is not being moved: where an unsigned person works. Made if there is none. */
export const openLocalLedger = async (onOutdated?: () => void): Promise<LedgerDatabase> => {
  const numbers = await localNumbers();
  for (const number of numbers) {
    const database = createLedgerDatabase(localName(number), onOutdated);
    if (!(await isMoving(database))) return database;
    database.close();
  }
  let free = 1;
  while (numbers.includes(free)) free += 1;
  return createLedgerDatabase(localName(free), onOutdated);
};

/** Every local ledger there is, in order; makes none. */
export const existingLocalLedgers = async (): Promise<readonly LedgerDatabase[]> =>
  (await localNumbers()).map((number) => createLedgerDatabase(localName(number)));

const localNumbers = async (): Promise<readonly number[]> => {
  const names = await Dexie.getDatabaseNames();
  return names
    .flatMap(
      (name) =>
        localPattern
          .exec(name)
          ?.slice(1)
          .map((digits) => Number(digits ?? 1)) ?? [],
    )
    .sort((a, b) => a - b);
};

const isMoving = (database: LedgerDatabase): Promise<boolean> =>
  withDatabase(database, async () => {
    const stored = await database.meta.get('replica');
    return stored?.name === 'replica' && stored.movingTo !== undefined;
  });
