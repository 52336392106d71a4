import type { Row } from '@fintrack/sync-core/client';
import { type CalendarMonth, isJsonObject, profileId, recordKey } from '@fintrack/sync-core/protocol';
import type { Budget, Category, Entry, Ledger, MonthTotal, Profile } from '../model/ledger.ts';
import { budgetOf } from './budget-of.ts';
import type { LedgerDatabase, StoredRow } from './database.ts';
import { entryOf, textOf } from './entry-of.ts';
import { readEntryPage } from './entry-page.ts';
import type { LedgerDeps } from './ledger-deps.ts';
import { loadPart } from './load-part.ts';
import { withDatabase } from './store-error.ts';
import { readKind, readList, readMonth } from './stored-lists.ts';
import { allEntries, budgetsOf, rowOfText } from './stored-row.ts';
import { toMonthTotals } from './totals.ts';

type Reads = Pick<
  Ledger,
  | 'profile'
  | 'categories'
  | 'budgets'
  | 'editableBudgets'
  | 'totals'
  | 'entries'
  | 'entry'
  | 'monthEntries'
  | 'entryCount'
  | 'imports'
  | 'recent'
>;

/** What forms read: with the engine, which the screens that only show do without. */
const loadSight = () => loadPart(() => import('./sight-reads.ts'));

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
    editableBudgets: async (month) => {
      const { readEditableBudgets } = await loadSight();
      return read(() => readEditableBudgets(deps, month));
    },
    totals: (from, to) => read(() => readTotals(database, from, to)),
    entries: (query) =>
      read(async () => {
        const { rows, hasMore } = await readEntryPage(database, query);
        return { entries: toEntries(rows), hasMore };
      }),
    entry: async (kind, id) => {
      const { readEntry } = await loadSight();
      return read(() => readEntry(deps, recordKey(kind, id)));
    },
    monthEntries: (month) => read(async () => toEntries(await readMonth(database, month))),
    entryCount: () => read(() => readEntryCount(database)),
    imports: () => read(() => readImports(database)),
    recent: (kind, limit) => read(async () => toEntries(await readList(database, allEntries(kind), limit))),
  };
};

export const toEntry = (stored: StoredRow, isLocal: boolean): Entry | undefined => {
  const entry = entryOf(rowOfText(stored.row));
  return entry && { ...entry, isPending: !isLocal && stored.pending !== undefined };
};

const readProfile = async ({ database, defaults }: LedgerDeps): Promise<Profile> => {
  const stored = await database.rows.get(recordKey('profile', profileId));
  const cells = stored ? rowOfText(stored.row).cells : {};
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

const readBudgets = async ({ database, isLocal }: LedgerDeps, month: CalendarMonth): Promise<readonly Budget[]> => {
  const rows = await readList(database, budgetsOf(month));
  return rows.flatMap(({ row, pending }) => {
    const budget = budgetOf(rowOfText(row));
    return budget ? [{ ...budget, isPending: !isLocal && pending !== undefined }] : [];
  });
};

const readTotals = async (
  database: LedgerDatabase,
  from: CalendarMonth,
  to: CalendarMonth,
): Promise<readonly MonthTotal[]> => {
  const stored = await database.totals.where('key').between(from, to, true, true).toArray();
  return stored.flatMap(toMonthTotals);
};

const readEntryCount = async (database: LedgerDatabase): Promise<number> => {
  const stored = await database.meta.get('replica');
  return stored?.name === 'replica' ? stored.entryCount : 0;
};

const readImports = async (database: LedgerDatabase): ReturnType<Ledger['imports']> => {
  const rows = await readKind(database, 'import');
  const counts = await database.imports.bulkGet(rows.map(({ id }) => id));
  return rows
    .map(({ id, cells }, index) => {
      const file = cells['file']?.value ?? null;
      const [lines, at] = [cells['rows']?.value, cells['at']?.value];
      return {
        id,
        fileName: isJsonObject(file) ? textOf(file['name']) : '',
        rows: typeof lines === 'number' ? lines : 0,
        at: typeof at === 'number' ? at : 0,
        entryCount: counts[index]?.entryCount ?? 0,
      };
    })
    .sort((a, b) => b.at - a.at);
};
