import { type Act, type ClientStore, recordActs } from '@fintrack/sync-core/client';
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

/** Commits what a new ledger starts with. */
export const recordStarters = async (
  store: ClientStore,
  defaults: LedgerDeps['defaults'],
  at: number,
): Promise<void> => {
  // No name: one that the account was given at sign-up must not be blanked.
  const profile = { currency: defaults.currency, locale: defaults.locale, monthStart: 1 };
  const acts: readonly Act[] = [
    { type: 'generate', kind: 'profile', id: profileId, values: profile },
    ...starters.map(([slug, name, hue], order): Act => {
      const values = { name, look: { hue, icon: slug }, order };
      return { type: 'generate', kind: 'category', id: builtInCategoryId(slug), values };
    }),
  ];
  const recorded = await recordActs(store, acts, { at });
  if (!recorded.ok && recorded.error.type !== 'sealed') throw new Error(`starters are ${recorded.error.type}`);
};
