import { type Act, recordActs } from '@fintrack/sync-core/client';
import { builtInCategoryId, profileId } from '@fintrack/sync-core/protocol';
import type { LedgerDeps } from './ledger-deps.ts';

type Starter = readonly [slug: string, name: string, hue: number];

const starters: readonly Starter[] = [
  ['housing', 'Housing', 0],
  ['groceries', 'Groceries', 1],
  ['dining', 'Dining', 2],
  ['transport', 'Transport', 3],
  ['home-care', 'Home & care', 4],
  ['kids', 'Kids', 5],
  ['subscriptions', 'Subscriptions', 6],
  ['health', 'Health', 7],
  ['leisure', 'Leisure', 8],
  ['insurance', 'Insurance', 9],
  // The hues are ten: these two say by their names what they are.
  ['transfers', 'Transfers', 0],
  ['other', 'Other', 4],
];

/** Grows when starters are added; a ledger gets those it has never had. */
const startersVersion = 1;

/**
 * Gives a new ledger its profile and categories, once. They are generated, and their ids derived, so that two devices'
 * starters meet as one row and yield to whatever a person typed [F7].
 */
export const addStarters = async ({ database, store, now, defaults }: LedgerDeps): Promise<void> => {
  const done = await database.meta.get('starters');
  if (done?.name === 'starters' && done.value >= startersVersion) return;
  // No name: one that the account was given at sign-up must not be blanked.
  const profile = { currency: defaults.currency, locale: defaults.locale, monthStart: 1 };
  const acts: readonly Act[] = [
    { type: 'generate', kind: 'profile', id: profileId, values: profile },
    ...starters.map(([slug, name, hue], order): Act => {
      const values = { name, look: { hue, icon: slug }, order };
      return { type: 'generate', kind: 'category', id: builtInCategoryId(slug), values };
    }),
  ];
  const recorded = await recordActs(store, acts, { at: now() });
  if (!recorded.ok && recorded.error.type !== 'sealed') throw new Error(`starters are ${recorded.error.type}`);
  await database.meta.put({ name: 'starters', value: startersVersion });
};
