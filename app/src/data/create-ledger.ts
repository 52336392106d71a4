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
  ...createPastReads(deps),
  ...createLedgerWrites(deps),
  ...createRecovery(deps),
  ...createImports(deps),
  ...createDrafts(deps.database),
  subscribe: (onChange) => onTablesChanged(deps.database, ['rows', 'totals', 'journal'], onChange),
});

/** What writes comes with the engine and all it checks by; the first look at the ledger does without. */
const loadWrites = () => loadPart(() => import('./ledger-writes.ts'));

type Writes = Pick<
  Ledger,
  'saveEntry' | 'deleteEntry' | 'restoreEntry' | 'setBudget' | 'removeBudget' | 'addCategory' | 'updateProfile'
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
  };
};

type PastReads = Pick<
  Ledger,
  | 'notices'
  | 'dismissals'
  | 'deletedEntries'
  | 'recentChanges'
  | 'history'
  | 'waiting'
  | 'devices'
  | 'exportWaiting'
  | 'exportEntries'
  | 'census'
>;

/** What was and what waits: looked at seldom, and loaded then. */
const createPastReads = (deps: LedgerDeps): PastReads => {
  const { database } = deps;
  type Part = typeof import('./past-reads.ts');
  const read = async <T>(work: (part: Part) => Promise<T>): Promise<T> => {
    const part = await loadPart(() => import('./past-reads.ts'));
    return withDatabase(database, () => work(part));
  };
  return {
    notices: () => read(({ readNotices }) => readNotices(database)),
    dismissals: () => read(({ readDismissals }) => readDismissals(database)),
    deletedEntries: (limit) => read(({ readDeletedEntries }) => readDeletedEntries(deps, limit)),
    recentChanges: (limit) => read(({ readRecentChanges }) => readRecentChanges(database, limit)),
    history: (kind, id, older) => read(({ readHistory }) => readHistory(deps, kind, id, older)),
    waiting: (from, limit) => read(({ readWaiting }) => readWaiting(database, from, limit)),
    devices: () => read(({ readDevices }) => readDevices(database)),
    exportWaiting: () => read(({ exportWaiting }) => exportWaiting(database)),
    census: () => read(({ readCensus }) => readCensus(deps)),
    exportEntries: () => read(({ exportEntries }) => exportEntries(database)),
  };
};

const createRecovery = (
  deps: LedgerDeps,
): Pick<Ledger, 'resolveNotice' | 'restoreVersion' | 'undoChange' | 'setDismissal' | 'freezeForecasts'> => {
  type Part = typeof import('./recover-writes.ts');
  const write = <T, E = SaveError>(work: (part: Part) => Promise<Result<T, E>>): Promise<Result<T, E | SaveError>> =>
    saving(async () => work(await loadPart(() => import('./recover-writes.ts'))));
  return {
    resolveNotice: (notice, how) => write(({ resolveNotice }) => resolveNotice(deps, notice, how)),
    restoreVersion: (history, event) => write(({ restoreVersion }) => restoreVersion(deps, history, event)),
    freezeForecasts: async (ledger, forecasts) => {
      if (ledger !== deps.name) return fail({ type: 'otherLedger' });
      return write(({ freezeForecasts }) => freezeForecasts(deps, forecasts));
    },
    setDismissal: (dismissal) => write(({ setDismissal }) => setDismissal(deps, dismissal)),
    undoChange: (kind, id, identity) => write(({ undoChange }) => undoChange(deps, kind, id, identity)),
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
