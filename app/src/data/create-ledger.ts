import { fail, type Result } from '@fintrack/sync-core/protocol';
import Dexie from 'dexie';
import type { Ledger, SaveError } from '../model/ledger.ts';
import { saving } from './commit-acts.ts';
import type { LedgerDatabase } from './database.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { createLedgerReads } from './ledger-reads.ts';
import { createLedgerWrites } from './ledger-writes.ts';
import { withDatabase } from './store-error.ts';

/** One ledger as the screens know it, over its database. */
export const createLedger = (deps: LedgerDeps): Ledger => ({
  ...createLedgerReads(deps),
  ...createLedgerWrites(deps),
  // Imports are rare: their part is loaded when there is one.
  importRows: (request, onProgress) =>
    oneOfImport(deps, request.importId, ({ importRows }) => importRows(deps, request, onProgress)),
  undoImport: (importId, onProgress) =>
    oneOfImport(deps, importId, ({ undoImport }) => undoImport(deps, importId, onProgress)),
  ...createDrafts(deps.database),
  subscribe: (onChange) => onTablesChanged(deps.database, ['rows', 'totals', 'journal'], onChange),
});

/** Taken back while it runs, an import would leave rows that belong to none. */
const oneOfImport = (
  { unlessBusy }: LedgerDeps,
  importId: string,
  work: (part: typeof import('./import-rows.ts')) => Promise<Result<null, SaveError>>,
): Promise<Result<null, SaveError>> =>
  saving(async () => {
    const part = await import('./import-rows.ts');
    return (await unlessBusy(`import ${importId}`, () => work(part))) ?? fail({ type: 'busy' });
  });

const createDrafts = (database: LedgerDatabase): Pick<Ledger, 'loadDraft' | 'saveDraft' | 'clearDraft'> => ({
  loadDraft: (name) => withDatabase(database, async () => (await database.drafts.get(name))?.value),
  saveDraft: (name, value) => withDatabase(database, async () => void (await database.drafts.put({ name, value }))),
  clearDraft: (name) => withDatabase(database, () => database.drafts.delete(name)),
});

/** Calls back after each commit that touched one of the tables, in this tab or (through Dexie) in another. */
export const onTablesChanged = (
  database: LedgerDatabase,
  tables: readonly string[],
  onChange: () => void,
): (() => void) => {
  const prefixes = tables.map((table) => `idb://${database.name}/${table}/`);
  const listener = (parts: Readonly<Record<string, unknown>>): void => {
    const names = Object.keys(parts);
    // `all`: the page came back from the browser's cache of pages and may have missed changes.
    if (names.some((name) => name === 'all' || prefixes.some((prefix) => name.startsWith(prefix)))) onChange();
  };
  Dexie.on('storagemutated', listener);
  return () => Dexie.on.storagemutated.unsubscribe(listener);
};
