import type { RecordWrite } from '@fintrack/sync-core/client';
import type { MonthTotal } from '../model/ledger.ts';
import { monthOf } from '@fintrack/sync-core/protocol';
import type { StoredTotal } from './database.ts';
import { entryOf } from './entry-of.ts';

export type TotalChanges = {
  /** What to add, by key; members may be negative. */
  readonly totals: ReadonlyMap<string, { readonly sumMinor: number; readonly count: number }>;
  readonly entryCount: number;
};

/** How a transaction's writes move the kept totals: what is shown after, less what was shown before. */
export const totalChanges = (writes: readonly RecordWrite[]): TotalChanges => {
  const totals = new Map<string, { sumMinor: number; count: number }>();
  let entryCount = 0;
  const add = (row: RecordWrite['after']['shown'], sign: 1 | -1): void => {
    const entry = entryOf(row);
    if (!entry) return;
    const key = totalKey({ ...entry, month: monthOf(entry.date) });
    const total = totals.get(key) ?? { sumMinor: 0, count: 0 };
    total.sumMinor += sign * entry.amountMinor;
    total.count += sign;
    totals.set(key, total);
    entryCount += sign;
  };
  for (const { before, after } of writes) {
    if (before.shown === after.shown) continue;
    add(before.shown, -1);
    add(after.shown, 1);
  }
  for (const [key, total] of totals) if (total.sumMinor === 0 && total.count === 0) totals.delete(key);
  return { totals, entryCount };
};

/** Starts with the month, so that a span of months is one range of keys. */
export const totalKey = (of: Pick<MonthTotal, 'month' | 'currency' | 'kind' | 'categoryId'>): string =>
  `${of.month} ${of.currency} ${of.kind} ${of.categoryId ?? ''}`;

export const toMonthTotal = ({ key, sumMinor, count }: StoredTotal): MonthTotal => {
  const [month = '', currency = '', kind, categoryId = ''] = key.split(' ');
  return {
    month,
    currency,
    kind: kind === 'income' ? 'income' : 'expense',
    categoryId: categoryId === '' ? null : categoryId,
    sumMinor,
    count,
  };
};
