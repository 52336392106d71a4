import type { LocalAdvisor } from '../model/advisor.ts';
import type { AdvisorClientDeps } from './advisor-client.ts';

/** The advisor, loaded when it is first asked: the first look at the ledger does without. */
export const createLazyAdvisor = (openLedger: AdvisorClientDeps['openLedger']): LocalAdvisor => {
  let loading: Promise<LocalAdvisor> | undefined;
  const advisor = async (): Promise<LocalAdvisor> => {
    loading ??= import('./advisor-client.ts').then(({ createAdvisorClient, startAdvisorWorker }) =>
      createAdvisorClient({ startWorker: startAdvisorWorker, openLedger }),
    );
    loading.catch(() => (loading = undefined));
    return loading;
  };
  return {
    advice: async (asOf) => (await advisor()).advice(asOf),
    entries: async (ids) => (await advisor()).entries(ids),
    suggestCategory: async (about) => (await advisor()).suggestCategory(about),
  };
};
