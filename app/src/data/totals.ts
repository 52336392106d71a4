import type { RecordWrite } from '@fintrack/sync-core/client';
import { type CalendarMonth, monthOf } from '@fintrack/sync-core/protocol';
import type { MonthTotal } from '../model/ledger.ts';
import type { StoredMonth } from './database.ts';
import { entryOf } from './entry-of.ts';

type Total = { readonly sumMinor: number; readonly count: number };

/** What to add; members may be negative. */
export type TotalChanges = {
  /** By month, then by `totalName`. */
  readonly months: ReadonlyMap<CalendarMonth, ReadonlyMap<string, Total>>;
  /** Entries by import. */
  readonly imports: ReadonlyMap<string, number>;
  readonly entryCount: number;
};

/** How a transaction's writes move the kept totals: what is shown after, less what was shown before. */
export const totalChanges = (writes: readonly RecordWrite[]): TotalChanges => {
  const months = new Map<CalendarMonth, Map<string, Total>>();
  const imports = new Map<string, number>();
  let entryCount = 0;
  const add = (row: RecordWrite['after']['shown'], sign: 1 | -1): void => {
    const entry = entryOf(row);
    if (!entry) return;
    const month = monthOf(entry.date);
    const totals = months.get(month) ?? new Map<string, Total>();
    const name = totalName(entry);
    const { sumMinor, count } = totals.get(name) ?? nothing;
    months.set(month, totals.set(name, { sumMinor: sumMinor + sign * entry.amountMinor, count: count + sign }));
    if (entry.importId !== null) imports.set(entry.importId, (imports.get(entry.importId) ?? 0) + sign);
    entryCount += sign;
  };
  for (const { before, after } of writes) {
    if (before.shown === after.shown) continue;
    add(before.shown, -1);
    add(after.shown, 1);
  }
  for (const [month, totals] of months)
    if ([...totals.values()].every(({ sumMinor, count }) => sumMinor === 0 && count === 0)) months.delete(month);
  for (const [id, count] of imports) if (count === 0) imports.delete(id);
  return { months, imports, entryCount };
};

const nothing: Total = { sumMinor: 0, count: 0 };

/** The month as it will be; nothing where no entry is left in it. */
export const addTotals = (
  key: CalendarMonth,
  before: StoredMonth | undefined,
  changes: ReadonlyMap<string, Total>,
): StoredMonth | undefined => {
  const totals = { ...before?.totals };
  for (const [name, { sumMinor, count }] of changes) {
    const [sumBefore, countBefore] = totals[name] ?? [0, 0];
    if (countBefore + count === 0) delete totals[name];
    else totals[name] = [sumBefore + sumMinor, countBefore + count];
  }
  return Object.keys(totals).length > 0 ? { key, totals } : undefined;
};

/** Of a total within its month. */
export const totalName = (of: Pick<MonthTotal, 'currency' | 'kind' | 'categoryId'>): string =>
  `${of.currency} ${of.kind} ${of.categoryId ?? ''}`;

/** By currency, kind and category. */
export const toMonthTotals = ({ key, totals }: StoredMonth): readonly MonthTotal[] =>
  Object.keys(totals)
    .sort()
    .map((name) => {
      const [currency = '', kind, categoryId = ''] = name.split(' ');
      const [sumMinor, count] = totals[name] ?? [0, 0];
      return {
        month: key,
        currency,
        kind: kind === 'income' ? 'income' : 'expense',
        categoryId: categoryId === '' ? null : categoryId,
        sumMinor,
        count,
      };
    });
