import { isLive, look, pendingOf, type Row, sightOf, stateOf } from '@fintrack/sync-core/client';
import { type CalendarMonth, isJsonObject, profileId, recordKey } from '@fintrack/sync-core/protocol';
import type { Budget, Category, Entry, Ledger, MonthTotal, Profile } from '../model/ledger.ts';
import type { LedgerDatabase, StoredRow } from './database.ts';
import { entryOf, isMoney, textOf } from './entry-of.ts';
import { readEntryPage } from './entry-page.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { readNotices } from './notices.ts';
import { withDatabase } from './store-error.ts';
import { readKind, readList, readMonth } from './stored-lists.ts';
import { allEntries, budgetsOf, importKey, unpackRow } from './stored-row.ts';
import { toMonthTotal } from './totals.ts';

type Reads = Pick<
  Ledger,
  | 'profile'
  | 'categories'
  | 'budgets'
  | 'totals'
  | 'entries'
  | 'entry'
  | 'monthEntries'
  | 'entryCount'
  | 'imports'
  | 'notices'
  | 'recent'
>;

/** Reads of one ledger. Each costs what it returns, however long the ledger is. */
export const createLedgerReads = (deps: LedgerDeps): Reads => {
  const { database } = deps;
  const read = <T>(work: () => PromiseLike<T>): Promise<T> => withDatabase(database, work);
  const toEntries = (rows: readonly StoredRow[]): readonly Entry[] =>
    rows.flatMap((row) => toEntry(row, deps.isLocal) ?? []);
  return {
    profile: () => read(() => readProfile(deps)),
    categories: () => read(() => readCategories(database)),
    budgets: (month) => read(() => readBudgets(deps, month)),
    totals: (from, to) => read(() => readTotals(database, from, to)),
    entries: (query) =>
      read(async () => {
        const { rows, hasMore } = await readEntryPage(database, query);
        return { entries: toEntries(rows), hasMore };
      }),
    entry: (kind, id) => read(() => readEntry(deps, recordKey(kind, id))),
    monthEntries: (month) => read(async () => toEntries(await readMonth(database, month))),
    entryCount: () => read(() => readEntryCount(database)),
    imports: () => read(() => readImports(database)),
    notices: () => read(() => readNotices(database)),
    recent: (kind, limit) => read(async () => toEntries(await readList(database, allEntries(kind), limit))),
  };
};

export const toEntry = (stored: StoredRow, isLocal: boolean): Entry | undefined => {
  const entry = entryOf(unpackRow(stored.row));
  return entry && { ...entry, isPending: !isLocal && stored.pending !== undefined };
};

/** With the sight that an edit of it carries: its form may stay open while another device's value comes in. */
const readEntry = async ({ database, store, isLocal }: LedgerDeps, key: string): Promise<Entry | undefined> => {
  const stored = await database.rows.get(key);
  const entry = stored && toEntry(stored, isLocal);
  if (!entry) return undefined;
  const { shown, sight } = await look(store, key);
  const seen = entryOf(shown);
  return seen && { ...seen, isPending: entry.isPending, sight };
};

const readProfile = async ({ database, defaults }: LedgerDeps): Promise<Profile> => {
  const stored = await database.rows.get(recordKey('profile', profileId));
  const cells = stored ? unpackRow(stored.row).cells : {};
  const monthStart = cells['monthStart']?.value;
  return {
    name: textOf(cells['name']?.value),
    currency: textOf(cells['currency']?.value) || defaults.currency,
    locale: textOf(cells['locale']?.value) || defaults.locale,
    monthStart: typeof monthStart === 'number' ? monthStart : 1,
  };
};

export const readCategories = async (database: LedgerDatabase): Promise<readonly Category[]> => {
  const rows = await readKind(database, 'category');
  return rows
    .filter((row) => typeof row.cells['forward']?.value !== 'string')
    .map(toCategory)
    .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
};

const toCategory = ({ id, cells }: Row): Category => {
  const look = cells['look']?.value ?? null;
  const { hue, icon } = isJsonObject(look) ? look : {};
  const order = cells['order']?.value;
  return {
    id,
    name: textOf(cells['name']?.value),
    hue: typeof hue === 'number' ? hue : 0,
    icon: textOf(icon),
    order: typeof order === 'number' ? order : 0,
  };
};

/** Each with the sight that an edit of it carries, for the same reason as an entry's. */
const readBudgets = async (
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
      const budget = toBudget(state.shown);
      if (!budget) return [];
      const isPending = !isLocal && state.pending.length > 0;
      return { ...budget, isPending, sight: sightOf(state, pending.get(key) ?? [], meta) };
    });
    return { result };
  });
};

const toBudget = (row: Row | undefined): Omit<Budget, 'isPending'> | undefined => {
  if (!isLive(row)) return undefined;
  const { id, cells } = row;
  const of = cells['of']?.value ?? null;
  const amount = cells['amount']?.value;
  if (!isJsonObject(of) || !isMoney(amount)) return undefined;
  return {
    id,
    categoryId: textOf(of['category']),
    month: textOf(of['month']),
    amountMinor: amount.minor,
    currency: amount.currency,
  };
};

const readTotals = async (
  database: LedgerDatabase,
  from: CalendarMonth,
  to: CalendarMonth,
): Promise<readonly MonthTotal[]> => {
  const stored = await database.totals.where('key').between(from, `${to}~`).toArray();
  return stored.map(toMonthTotal);
};

const readEntryCount = async (database: LedgerDatabase): Promise<number> => {
  const stored = await database.meta.get('replica');
  return stored?.name === 'replica' ? stored.entryCount : 0;
};

const readImports = async (database: LedgerDatabase): ReturnType<Ledger['imports']> => {
  const rows = await readKind(database, 'import');
  const counts = await Promise.all(
    rows.map(({ id }) => database.rows.where('importKey').equals(importKey(id, true)).count()),
  );
  return rows
    .map(({ id, cells }, index) => {
      const file = cells['file']?.value ?? null;
      const [lines, at] = [cells['rows']?.value, cells['at']?.value];
      return {
        id,
        fileName: isJsonObject(file) ? textOf(file['name']) : '',
        rows: typeof lines === 'number' ? lines : 0,
        at: typeof at === 'number' ? at : 0,
        entryCount: counts[index] ?? 0,
      };
    })
    .sort((a, b) => b.at - a.at);
};
