import type { PersistingGuard, StorageGuardDeps } from './storage-guard.ts';

/** The guard, loaded when it is first asked: the first look at the ledger does without. */
export const createLazyStorageGuard = (deps: Omit<StorageGuardDeps, 'browser'>): PersistingGuard => {
  let loading: Promise<PersistingGuard> | undefined;
  const guard = (): Promise<PersistingGuard> => {
    loading ??= load(deps);
    loading.catch(() => (loading = undefined));
    return loading;
  };
  return {
    facts: async () => (await guard()).facts(),
    askToKeep: async () => (await guard()).askToKeep(),
    saw: async (census) => (await guard()).saw(census),
    forgetEviction: async (ledger) => (await guard()).forgetEviction(ledger),
    backupOf: async (ledger) => (await guard()).backupOf(ledger),
    markBackup: async (ledger, mark) => (await guard()).markBackup(ledger, mark),
    afterSave: async () => (await guard()).afterSave(),
  };
};

const load = async (deps: Omit<StorageGuardDeps, 'browser'>): Promise<PersistingGuard> => {
  const [{ createStorageGuard }, { storageBrowser }] = await Promise.all([
    import('./storage-guard.ts'),
    import('./storage-browser.ts'),
  ]);
  return createStorageGuard({ ...deps, browser: storageBrowser() });
};
