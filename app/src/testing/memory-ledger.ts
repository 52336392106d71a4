import { type CalendarDate, monthOf, ok } from '@fintrack/sync-core/protocol';
import type {
  Budget,
  Category,
  Dismissal,
  Entry,
  EntryKind,
  EntryQuery,
  ImportSummary,
  Ledger,
  MonthTotal,
  Notice,
  Profile,
} from '../model/ledger.ts';
import type { ChangeSummary, Device, EntryHistory } from '../model/history.ts';
import { entriesCsvHead, entriesCsvLines } from '../model/entries-csv.ts';
import { createSwitchable } from './switchable.ts';

export type MemoryLedgerOptions = {
  readonly today: CalendarDate;
  readonly newId: () => string;
  readonly profile: Profile;
  readonly categories: readonly Category[];
  readonly entries: readonly Entry[];
  readonly budgets: readonly Budget[];
  readonly notices?: readonly Notice[];
  readonly deleted?: readonly Entry[];
  /** By `kind/id`. */
  readonly histories?: Readonly<Record<string, EntryHistory>>;
  readonly changes?: readonly ChangeSummary[];
  readonly devices?: readonly Device[];
  readonly isLocal?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
};

type Book = {
  readonly profile: Profile;
  readonly categories: readonly Category[];
  readonly entries: readonly Entry[];
  readonly deleted: readonly Entry[];
  readonly budgets: readonly Budget[];
  readonly imports: readonly ImportSummary[];
  readonly notices: readonly Notice[];
  readonly dismissals: readonly Dismissal[];
};

/** The `Ledger` port in memory: the same answers as the real one, without its storage, sync or speed. */
export const createMemoryLedger = (options: MemoryLedgerOptions): Ledger => {
  const { newId } = options;
  const book = createSwitchable<Book>({
    profile: options.profile,
    categories: options.categories,
    entries: [...options.entries].sort(newestFirst),
    deleted: options.deleted ?? [],
    budgets: options.budgets,
    imports: [],
    notices: options.notices ?? [],
    dismissals: [],
  });
  const change = (part: Partial<Book>) => {
    const next = { ...book.get(), ...part };
    book.set({ ...next, entries: [...next.entries].sort(newestFirst) });
    return ok(null);
  };
  const isSame = (kind: EntryKind, id: string) => (entry: Entry) => entry.kind === kind && entry.id === id;
  const drafts = new Map<string, unknown>();

  return {
    profile: async () => book.get().profile,
    categories: async () => book.get().categories,
    budgets: async (month) => book.get().budgets.filter((budget) => budget.month === month),
    editableBudgets: async (month) => book.get().budgets.filter((budget) => budget.month === month),
    totals: async (from, to) => totalsOf(book.get().entries).filter(({ month }) => month >= from && month <= to),
    entries: async (query) => {
      const found = book.get().entries.filter((entry) => matches(entry, query));
      return { entries: found.slice(0, query.limit), hasMore: found.length > query.limit };
    },
    entry: async (kind, id) => book.get().entries.find(isSame(kind, id)),
    monthEntries: async (month) => book.get().entries.filter((entry) => monthOf(entry.date) === month),
    entryCount: async () => book.get().entries.length,
    imports: async () =>
      book.get().imports.map((each) => ({
        ...each,
        entryCount: book.get().entries.filter((entry) => entry.importId === each.id).length,
      })),
    notices: async () => book.get().notices,
    recent: async (kind, limit) =>
      book
        .get()
        .entries.filter((entry) => entry.kind === kind)
        .slice(0, limit),

    saveEntry: async ({ id = newId(), before, ...draft }) => {
      const entry: Entry = { ...draft, id, importId: before?.importId ?? null, isPending: true };
      const is = isSame(draft.kind, id);
      change({ entries: [entry, ...book.get().entries.filter((each) => !is(each))] });
      return ok({ kind: draft.kind, id });
    },
    deleteEntry: async (kind, id) => {
      const { entries, deleted } = book.get();
      const is = isSame(kind, id);
      return change({ entries: entries.filter((each) => !is(each)), deleted: [...deleted, ...entries.filter(is)] });
    },
    restoreEntry: async (kind, id) => {
      const { entries, deleted } = book.get();
      const is = isSame(kind, id);
      return change({ entries: [...entries, ...deleted.filter(is)], deleted: deleted.filter((each) => !is(each)) });
    },
    setBudget: async ({ categoryId, month, amountMinor, currency }) => {
      const budget = { categoryId, month, amountMinor, currency };
      const id = `${budget.categoryId} ${budget.month} ${budget.currency}`;
      const isOther = (each: Budget) =>
        each.categoryId !== budget.categoryId || each.month !== budget.month || each.currency !== budget.currency;
      const others = book.get().budgets.filter(isOther);
      return change({ budgets: [...others, { ...budget, id, isPending: true }] });
    },
    removeBudget: async ({ id }) => change({ budgets: book.get().budgets.filter((each) => each.id !== id) }),
    addCategory: async (name) => {
      const { categories } = book.get();
      const category = { id: newId(), name, hue: categories.length % 10, icon: 'tag', order: categories.length };
      change({ categories: [...categories, category] });
      return ok(category);
    },
    updateProfile: async (profile) => change({ profile: { ...book.get().profile, ...profile } }),
    resolveNotice: async ({ ids }) => change({ notices: book.get().notices.filter(({ id }) => !ids.includes(id)) }),
    dismissals: async () => book.get().dismissals,
    setDismissal: async ({ insight, reason }) => {
      const others = book.get().dismissals.filter((each) => each.insight !== insight);
      return change({ dismissals: reason === null ? others : [...others, { insight, reason }] });
    },
    freezeForecasts: async () => ok(null),

    deletedEntries: async (limit) => {
      const { deleted } = book.get();
      const deletedBy = { type: 'thisDevice' } as const;
      const entries = deleted.map((entry) => ({ ...entry, deletedAt: options.now - 3_600_000, deletedBy }));
      return { entries: entries.slice(0, limit), hasMore: deleted.length > limit };
    },
    recentChanges: async (limit) => (options.changes ?? []).slice(0, limit),
    history: async (kind, id) => options.histories?.[`${kind}/${id}`] ?? emptyHistory(kind, id),
    restoreVersion: async () => ok(null),
    undoChange: async () => ok({ undone: 1, skipped: 0 }),
    waiting: async (_from, limit) => ({
      changes: (options.changes ?? []).filter(({ receivedAt }) => receivedAt === null).slice(0, limit),
      next: null,
    }),
    devices: async () => options.devices ?? [],
    exportWaiting: async () => '{"changes":[]}',
    census: async () => ({
      ledger: 'memory',
      isLocal: options.isLocal ?? false,
      entryCount: book.get().entries.length,
      waiting: 0,
      hasDeleted: book.get().deleted.length > 0,
    }),
    exportEntries: async () => entriesCsvHead + entriesCsvLines(book.get().entries, (id) => id),

    importRows: async ({ importId, fileName, rows }, onProgress) => {
      const ids = new Map(book.get().categories.map((category) => [category.name.toLowerCase(), category.id]));
      const entries = rows.map(({ line, categoryName, ...row }) => ({
        ...row,
        id: `${importId} ${line}`,
        categoryId: (categoryName && ids.get(categoryName.toLowerCase())) || row.categoryId,
        importId,
        isPending: true,
      }));
      onProgress({ done: rows.length, total: rows.length });
      const summary = { id: importId, fileName, rows: rows.length, at: Date.parse(options.today), entryCount: 0 };
      return change({ entries: [...book.get().entries, ...entries], imports: [summary, ...book.get().imports] });
    },
    undoImport: async (importId, onProgress) => {
      const { entries, deleted } = book.get();
      onProgress({ done: 1, total: 1 });
      const isOfImport = (entry: Entry) => entry.importId === importId;
      return change({
        entries: entries.filter((entry) => !isOfImport(entry)),
        deleted: [...deleted, ...entries.filter(isOfImport)],
      });
    },

    loadDraft: async (name) => drafts.get(name),
    saveDraft: async (name, value) => {
      drafts.set(name, value);
    },
    clearDraft: async (name) => {
      drafts.delete(name);
    },
    subscribe: book.subscribe,
  };
};

const emptyHistory = (kind: string, id: string): EntryHistory => ({
  kind,
  id,
  events: [],
  isWhole: false,
  shown: {},
  isDeleted: false,
  sight: { epoch: 1, bases: {} },
});

const newestFirst = (a: Entry, b: Entry): number => (a.date === b.date ? 0 : a.date < b.date ? 1 : -1);

const matches = (entry: Entry, { month, categoryId, text }: EntryQuery): boolean =>
  (month === undefined || monthOf(entry.date) === month) &&
  (categoryId === undefined || (entry.kind === 'expense' && entry.categoryId === categoryId)) &&
  (text === undefined || `${entry.title} ${entry.note}`.toLowerCase().includes(text.toLowerCase()));

const totalsOf = (entries: readonly Entry[]): readonly MonthTotal[] => {
  const totals = new Map<string, MonthTotal>();
  for (const { date, currency, kind, categoryId, amountMinor } of entries) {
    const month = monthOf(date);
    const key = [month, currency, kind, categoryId].join(' ');
    const before = totals.get(key) ?? { month, currency, kind, categoryId, sumMinor: 0, count: 0 };
    totals.set(key, { ...before, sumMinor: before.sumMinor + amountMinor, count: before.count + 1 });
  }
  return [...totals.values()];
};
