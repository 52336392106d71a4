import type { LedgerDeps } from './ledger-deps.ts';
import { loadPart } from './load-part.ts';

/** Grows when starters are added; a ledger gets those it has never had. */
const startersVersion = 1;

/**
 * Gives a new ledger its profile and categories, once. They are generated, and their ids derived, so that two devices'
 * starters meet as one row and yield to whatever a person typed [F7].
 */
export const addStarters = async ({ database, store, now, defaults }: LedgerDeps): Promise<void> => {
  const done = await database.meta.get('starters');
  if (done?.name === 'starters' && done.value >= startersVersion) return;
  const { recordStarters } = await loadPart(() => import('./starter-acts.ts'));
  await recordStarters(store, defaults, now());
  await database.meta.put({ name: 'starters', value: startersVersion });
};
