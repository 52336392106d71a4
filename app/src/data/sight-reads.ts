import { look, pendingOf, sightOf, stateOf } from '@fintrack/sync-core/client';
import type { CalendarMonth } from '@fintrack/sync-core/protocol';
import type { Budget, Entry } from '../model/ledger.ts';
import { budgetOf } from './budget-of.ts';
import { entryOf } from './entry-of.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { toEntry } from './ledger-reads.ts';
import { readList } from './stored-lists.ts';
import { budgetsOf } from './stored-row.ts';

/** With the sight that an edit of it carries: its form may stay open while another device's value comes in. */
export const readEntry = async ({ database, store, isLocal }: LedgerDeps, key: string): Promise<Entry | undefined> => {
  const stored = await database.rows.get(key);
  const entry = stored && toEntry(stored, isLocal);
  if (!entry) return undefined;
  const { shown, sight } = await look(store, key);
  const seen = entryOf(shown);
  return seen && { ...seen, isPending: entry.isPending, sight };
};

/** Each with the sight that an edit of it carries, for the same reason as an entry's. */
export const readEditableBudgets = async (
  { database, store, isLocal }: LedgerDeps,
  month: CalendarMonth,
): Promise<readonly Budget[]> => {
  const keys = (await readList(database, budgetsOf(month))).map(({ key }) => key);
  if (keys.length === 0) return [];
  return store.transact(async (reads) => {
    const meta = await reads.meta();
    const states = await reads.records(keys);
    const pending = await pendingOf(reads, states);
    const result = keys.flatMap((key) => {
      const state = stateOf(states, key);
      const budget = budgetOf(state.shown);
      if (!budget) return [];
      const isPending = !isLocal && state.pending.length > 0;
      return { ...budget, isPending, sight: sightOf(state, pending.get(key) ?? [], meta) };
    });
    return { result };
  });
};
