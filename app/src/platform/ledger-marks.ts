import type { BackupMark, Census, Eviction } from '../model/storage.ts';

/** A small place beside the database, which browsers clear by other rules. */
export type MarkStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const seenKey = (ledger: string): string => `fintrack.seen.${ledger}`;
const evictedKey = (ledger: string): string => `fintrack.evicted.${ledger}`;
const backupKey = (ledger: string): string => `fintrack.backup.${ledger}`;
const localsKey = 'fintrack.seen-locals';

/**
 * What ledgers were seen here and how large, so that one which is suddenly empty is not taken for a new one.
 *
 * `MarkStore` may throw, as when there is no room; that reaches whoever asked.
 */
export const createLedgerMarks = (store: MarkStore) => ({
  /** Compares with what was seen before, then remembers; answers what was cleared and nobody has answered for yet. */
  saw: (census: Census, now: number): Eviction | null => {
    const { ledger, entryCount, waiting, isLocal, hasDeleted } = census;
    const before = readNumbers(store, seenKey(ledger));
    if (!isLocal) forgetLocals(store);
    if (entryCount === 0 && !hasDeleted && before && before[0] > 0) {
      write(store, evictedKey(ledger), [before[0], before[1], now]);
      store.removeItem(seenKey(ledger));
    } else if (entryCount > 0) {
      write(store, seenKey(ledger), [entryCount, waiting]);
      if (isLocal) write(store, localsKey, ledger);
    } else store.removeItem(seenKey(ledger));
    return readEviction(store, ledger);
  },
  forgetEviction: (ledger: string): void => store.removeItem(evictedKey(ledger)),
  backupOf: (ledger: string): BackupMark | null => {
    const numbers = readNumbers(store, backupKey(ledger));
    return numbers && { entryCount: numbers[0], at: numbers[1] === 0 ? null : numbers[1] };
  },
  markBackup: (ledger: string, { entryCount, at }: BackupMark): void =>
    write(store, backupKey(ledger), [entryCount, at ?? 0]),
});

/** The local ledger is empty after it moved into an account: that is no loss. */
const forgetLocals = (store: MarkStore): void => {
  const ledger: unknown = parse(store.getItem(localsKey));
  if (typeof ledger === 'string') store.removeItem(seenKey(ledger));
  store.removeItem(localsKey);
};

const readEviction = (store: MarkStore, ledger: string): Eviction | null => {
  const numbers = readNumbers(store, evictedKey(ledger));
  return numbers && { ledger, entryCount: numbers[0], waiting: numbers[1], at: numbers[2] };
};

const write = (store: MarkStore, key: string, value: string | readonly number[]): void => {
  const text = JSON.stringify(value);
  if (store.getItem(key) !== text) store.setItem(key, text);
};

/** What another version or a person wrote there may be anything. */
const readNumbers = (store: MarkStore, key: string): readonly [number, number, number] | null => {
  const value = parse(store.getItem(key));
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'number')) return null;
  const [a = 0, b = 0, c = 0] = value as number[];
  return [a, b, c];
};

const parse = (text: string | null): unknown => {
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};
