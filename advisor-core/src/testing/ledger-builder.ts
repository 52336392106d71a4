import { type CalendarDate, type CalendarMonth, monthOf } from '@fintrack/sync-core/protocol/calendar-date';
import type { Budget, Entry } from '../ledger.ts';

export type Ledger = { readonly entries: readonly Entry[]; readonly budgets: readonly Budget[] };

export type LedgerBuilder = {
  /** `amountMinor` is negative for a refund; no category is uncategorised. */
  readonly expense: (date: CalendarDate, amountMinor: number, categoryId?: string, title?: string) => LedgerBuilder;
  readonly income: (date: CalendarDate, amountMinor: number, title?: string) => LedgerBuilder;
  readonly budget: (month: CalendarMonth, amountMinor: number, categoryId: string) => LedgerBuilder;
  /** What follows is in this currency; EUR before. */
  readonly in: (currency: string) => LedgerBuilder;
  readonly build: () => Ledger;
};

/** A ledger in a few lines. Entries are named e1, e2, ... and budgets b1, b2, ... as they come. Builders never change. */
export const buildLedger = (ledger: Ledger = { entries: [], budgets: [] }, currency = 'EUR'): LedgerBuilder => {
  const withEntry = (entry: Omit<Entry, 'id' | 'currency'>): LedgerBuilder => {
    const id = `e${ledger.entries.length + 1}`;
    return buildLedger({ ...ledger, entries: [...ledger.entries, { id, currency, ...entry }] }, currency);
  };
  return {
    expense: (date, amountMinor, categoryId, title = '') =>
      withEntry({ kind: 'expense', date, amountMinor, categoryId: categoryId ?? null, title }),
    income: (date, amountMinor, title = '') =>
      withEntry({ kind: 'income', date, amountMinor, categoryId: null, title }),
    budget: (month, amountMinor, categoryId) => {
      const id = `b${ledger.budgets.length + 1}`;
      const budget = { id, month, amountMinor, categoryId, currency };
      return buildLedger({ ...ledger, budgets: [...ledger.budgets, budget] }, currency);
    },
    in: (next) => buildLedger(ledger, next),
    build: () => ledger,
  };
};

/** The sum of the month's entries of one kind and currency, the slow and obvious way, to check totals against. */
export const obviousSum = (ledger: Ledger, kind: Entry['kind'], month: CalendarMonth, currency: string): number =>
  ledger.entries
    .filter((entry) => entry.kind === kind && monthOf(entry.date) === month && entry.currency === currency)
    .reduce((sum, entry) => sum + entry.amountMinor, 0);
