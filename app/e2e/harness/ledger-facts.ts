import type { TableRow, UserTables } from '../../../infra/local/dynamodb/read-tables.ts';

/** A ledger as anybody must see it: on a device, on another one, and in the tables. */
export type LedgerFacts = {
  /** One line an entry or budget, sorted. */
  readonly entries: readonly string[];
  readonly budgets: readonly string[];
  readonly totals: Totals;
};

/** By currency and kind, such as `EUR expense`. */
export type Totals = Readonly<Record<string, { readonly sumMinor: number; readonly count: number }>>;

export type EntryFacts = {
  readonly kind: 'expense' | 'income';
  readonly id: string;
  readonly date: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly title: string;
  readonly note: string;
  readonly categoryId: string | null;
};

export type BudgetFacts = {
  readonly id: string;
  readonly categoryId: string;
  readonly month: string;
  readonly amountMinor: number;
  readonly currency: string;
};

export const ledgerFacts = (entries: readonly EntryFacts[], budgets: readonly BudgetFacts[]): LedgerFacts => ({
  entries: entries
    .map(({ kind, id, date, amountMinor, currency, title, note, categoryId }) =>
      [date, kind, id, amountMinor, currency, title, note, categoryId ?? ''].join(' | '),
    )
    .sort(),
  budgets: budgets
    .map(({ id, categoryId, month, amountMinor, currency }) =>
      [month, id, categoryId, amountMinor, currency].join(' | '),
    )
    .sort(),
  totals: totalsOf(entries),
});

export const totalsOf = (
  entries: readonly { readonly currency: string; readonly kind: string; readonly amountMinor: number }[],
): Totals => addUp(entries.map((entry) => ({ ...entry, sumMinor: entry.amountMinor, count: 1 })));

/** Sums by currency and kind, in the order of their names; what comes to no entry at all is left out. */
export const addUp = (
  parts: readonly {
    readonly currency: string;
    readonly kind: string;
    readonly sumMinor: number;
    readonly count: number;
  }[],
): Totals => {
  const totals = new Map<string, { sumMinor: number; count: number }>();
  for (const { currency, kind, sumMinor, count } of parts) {
    const name = `${currency} ${kind}`;
    const total = totals.get(name) ?? { sumMinor: 0, count: 0 };
    totals.set(name, { sumMinor: total.sumMinor + sumMinor, count: total.count + count });
  }
  return Object.fromEntries([...totals].filter(([, { count }]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
};

export const tableLedger = (tables: UserTables): LedgerFacts =>
  ledgerFacts(
    [
      ...tables.expenses.map((row) => entryOfRow('expense', row)),
      ...tables.income.map((row) => entryOfRow('income', row)),
    ],
    tables.budgets.map((row) => ({
      id: recordIdOf(row),
      categoryId: textIn(row, 'category'),
      month: textIn(row, 'month'),
      amountMinor: numberIn(row, 'amount'),
      currency: textIn(row, 'currency'),
    })),
  );

const entryOfRow = (kind: EntryFacts['kind'], row: TableRow): EntryFacts => ({
  kind,
  id: recordIdOf(row),
  date: textIn(row, 'date'),
  amountMinor: numberIn(row, 'amount'),
  currency: textIn(row, 'currency'),
  title: textIn(row, kind === 'expense' ? 'description' : 'source'),
  note: textIn(row, 'note'),
  categoryId: textIn(row, 'category') || null,
});

/** Row ids are `space#recordId`. */
const recordIdOf = (row: TableRow): string => textIn(row, 'id').split('#')[1] ?? '';
const textIn = (row: TableRow, name: string): string => String(row[name] ?? '');
const numberIn = (row: TableRow, name: string): number => Number(row[name] ?? Number.NaN);

/** Lines that only one of the two has, a few of each side; empty for equal ledgers. */
export const differences = (expected: LedgerFacts, found: LedgerFacts): readonly string[] => {
  const only = (lines: readonly string[], others: readonly string[], mark: string): readonly string[] => {
    const known = new Set(others);
    return lines.filter((line) => !known.has(line)).map((line) => `${mark} ${line}`);
  };
  const linesOf = ({ entries, budgets, totals }: LedgerFacts): readonly string[] => [
    ...entries,
    ...budgets,
    ...Object.entries(totals).map(([name, { sumMinor, count }]) => `${name}: ${sumMinor} in ${count}`),
  ];
  const [left, right] = [linesOf(expected), linesOf(found)];
  return [...only(left, right, '-').slice(0, shownMax), ...only(right, left, '+').slice(0, shownMax)];
};

const shownMax = 6;
