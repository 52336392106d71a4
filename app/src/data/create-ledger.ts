import { fail, type Result } from '@fintrack/sync-core/protocol';
import Dexie from 'dexie';
import type { Ledger, SaveError } from '../model/ledger.ts';
import type { LedgerDatabase } from './database.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { createLedgerReads } from './ledger-reads.ts';
import { loadPart } from './load-part.ts';
import { saving } from './saving.ts';
import { withDatabase } from './store-error.ts';

/** One ledger as the screens know it, over its database. */
export const createLedger = (deps: LedgerDeps): Ledger => ({
  ...createLedgerReads(deps),
  ...createLedgerWrites(deps),
  ...createImports(deps),
  ...createDrafts(deps.database),
  subscribe: (onChange) => onTablesChanged(deps.database, ['rows', 'totals', 'journal'], onChange),
});

/** What writes comes with the engine and all it checks by; the first look at the ledger does without. */
const loadWrites = () => loadPart(() => import('./ledger-writes.ts'));

type Writes = Pick<
  Ledger,
  | 'saveEntry'
  | 'deleteEntry'
  | 'restoreEntry'
  | 'setBudget'
  | 'removeBudget'
  | 'addCategory'
  | 'updateProfile'
  | 'dismissNotice'
>;

const createLedgerWrites = (deps: LedgerDeps): Writes => {
  type Part = Awaited<ReturnType<typeof loadWrites>>;
  const write = <T>(work: (part: Part) => Promise<Result<T, SaveError>>): Promise<Result<T, SaveError>> =>
    saving(async () => work(await loadWrites()));
  return {
    saveEntry: (draft) => write(({ saveEntry }) => saveEntry(deps, draft)),
    deleteEntry: (kind, id) => write(({ deleteRecord }) => deleteRecord(deps, kind, id)),
    restoreEntry: (kind, id) => write(({ restoreEntry }) => restoreEntry(deps, kind, id)),
    setBudget: (budget) => write(({ setBudget }) => setBudget(deps, budget)),
    removeBudget: ({ id, sight }) => write(({ deleteRecord }) => deleteRecord(deps, 'budget', id, sight)),
    addCategory: (name) => write(({ addCategory }) => addCategory(deps, name)),
    updateProfile: (profile) => write(({ updateProfile }) => updateProfile(deps, profile)),
    dismissNotice: (id) => write(({ dismissNotice }) => dismissNotice(deps, id)),
  };
};

const createImports = (deps: LedgerDeps): Pick<Ledger, 'importRows' | 'undoImport'> => ({
  importRows: (request, onProgress) =>
    oneOfImport(deps, request.importId, ({ importRows }) => importRows(deps, request, onProgress)),
  undoImport: (importId, onProgress) =>
    oneOfImport(deps, importId, ({ undoImport }) => undoImport(deps, importId, onProgress)),
});

/** Taken back while it runs, an import would leave rows that belong to none. */
const oneOfImport = (
  { unlessBusy }: LedgerDeps,
  importId: string,
  work: (part: typeof import('./import-rows.ts')) => Promise<Result<null, SaveError>>,
): Promise<Result<null, SaveError>> =>
  saving(async () => {
    const part = await loadPart(() => import('./import-rows.ts'));
    return (await unlessBusy(`import ${importId}`, () => work(part))) ?? fail({ type: 'busy' });
  });

const createDrafts = (database: LedgerDatabase): Pick<Ledger, 'loadDraft' | 'saveDraft' | 'clearDraft'> => ({
  loadDraft: (name) => {
    // A form opens: what saves it is fetched now, so that it is there when it is wanted. A failure shows at the save.
    loadWrites().catch(() => undefined);
    return withDatabase(database, async () => (await database.drafts.get(name))?.value);
  },
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
