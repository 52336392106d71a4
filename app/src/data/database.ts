import type { JournalRecord, ReplicaMeta } from '@fintrack/sync-core/client';
import Dexie, { type Table } from 'dexie';
import { databaseVersion } from './database-version.ts';
import { toVersion2 } from './upgrade-database.ts';

/** A record as it is stored for reading; text where no index looks inside, because text is cheap to copy. */
export type StoredRow = {
  /** `kind/id`. */
  readonly key: string;
  /** The shown row, as text by `rowText`. */
  readonly row: string;
  /** Numbers of own changes that the log does not hold yet, oldest first; absent for none. */
  readonly pending?: readonly number[];
  /** Place in its list, made by `listKey`; absent where the record is in none. */
  readonly list?: string;
};

/** Confirmed state of a record with pending changes, where there is one. */
export type StoredShadow = { readonly key: string; readonly row: string };

export type StoredOutboxItem = {
  readonly first: number;
  readonly last: number;
  /** Everything else of the item, as JSON. */
  readonly body: string;
  /** 1 for an item copied from a local ledger. */
  readonly claimed?: 1;
};

export type StoredKeptItem = {
  readonly epoch: number;
  readonly seq: number;
  readonly confirmedAt: number;
  readonly body: string;
};

export type StoredNotice = {
  /** Made of the identities it names, so that folding an entry again writes the same notice. */
  readonly id: string;
  readonly record: JournalRecord;
  /** 1 until the person dismisses it. */
  readonly isOpen?: 1;
};

/** All totals of one month in one record: an import or a first pull touches every month with each of its steps. */
export type StoredMonth = {
  /** `YYYY-MM`. */
  readonly key: string;
  /** By `totalName`. */
  readonly totals: Readonly<Record<string, readonly [sumMinor: number, count: number]>>;
};

/** How many entries of an import are in the ledger; absent for none. */
export type StoredImport = { readonly id: string; readonly entryCount: number };

export type StoredReplica = {
  readonly name: 'replica';
  readonly value: ReplicaMeta;
  /** Live entries in the ledger: kept here because every save writes this record anyway. */
  readonly entryCount: number;
  /** Transactions that wrote to the ledger, of any tab; absent before version 2 of the database wrote one. */
  readonly writeCount?: number;
  /** The account this local ledger is being moved into; nothing may be saved here any more [D9]. */
  readonly movingTo?: string;
  /** Keys of records of this local ledger that the account would not take; while there are any it is never deleted. */
  readonly unclaimed?: readonly string[];
  /** Everything but `unclaimed` was copied: nothing is left to move. */
  readonly isClaimOver?: true;
};

/** Single values, by name. */
export type StoredMeta =
  | StoredReplica
  /** `cursor` is where the log ended then; absent before the app kept it. */
  | { readonly name: 'backedUpAt'; readonly value: number; readonly cursor?: number }
  | { readonly name: 'starters' | 'restarts'; readonly value: number };

export type LedgerDatabase = Dexie & {
  readonly rows: Table<StoredRow, string>;
  readonly shadow: Table<StoredShadow, string>;
  readonly outbox: Table<StoredOutboxItem, number>;
  readonly kept: Table<StoredKeptItem, [number, number]>;
  readonly journal: Table<StoredNotice, string>;
  readonly totals: Table<StoredMonth, string>;
  readonly imports: Table<StoredImport, string>;
  readonly drafts: Table<{ readonly name: string; readonly value: unknown }, string>;
  readonly meta: Table<StoredMeta, string>;
  /** Another tab, of an older version, keeps the database from being opened. */
  readonly isBlocked: () => boolean;
};

/**
 * Names of databases that wait for an older tab. Of the page, as the browser's own queue is: whoever asks for such a
 * database next waits behind the first, and is not told why.
 */
const blocked = new Set<string>();

/**
 * The database of one ledger; opens by itself on first use.
 *
 * A new version adds `.version(n + 1).stores({...changes}).upgrade(...)` below and keeps the older ones, so that every
 * older profile can be upgraded. An older tab lets go of the database then and stays closed (`onOutdated`): opening it
 * again would make the two tabs take turns for ever. What was being typed is in `drafts`, saved while typing.
 */
export const createLedgerDatabase = (name: string, onOutdated: () => void = () => undefined): LedgerDatabase => {
  const database = new Dexie(name, {
    // A saved entry must survive a power failure [D5].
    chromeTransactionDurability: 'strict',
    // React Query is the view cache; a second one would copy every row.
    cache: 'disabled',
  });
  database.version(1).stores({
    rows: 'key, list, importKey',
    shadow: 'key',
    outbox: 'first, claimed',
    kept: '[epoch+seq], confirmedAt',
    journal: 'id, isOpen',
    totals: 'key',
    drafts: 'name',
    meta: 'name',
  });
  database.version(databaseVersion).stores({ rows: 'key, list', imports: 'id' }).upgrade(toVersion2);
  database.on('versionchange', () => {
    database.close();
    onOutdated();
    return false;
  });
  database.on('blocked', () => void blocked.add(name));
  database.on('ready', () => void blocked.delete(name));
  return Object.assign(database, { isBlocked: () => blocked.has(name) }) as LedgerDatabase;
};
