import { transfersCategoryId } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../model/ledger.ts';
import { groupByDay } from './entry-groups.ts';

const entry = (id: string, change: Partial<Entry>): Entry => ({
  kind: 'expense',
  id,
  date: '2025-11-20',
  amountMinor: 100,
  currency: 'EUR',
  title: id,
  note: '',
  categoryId: null,
  importId: null,
  isPending: false,
  ...change,
});

describe('entries by day', () => {
  it('stand under one heading a day with what was spent', () => {
    const items = groupByDay([
      entry('a', { amountMinor: 1890 }),
      entry('b', { amountMinor: 1985 }),
      entry('c', { date: '2025-11-18', amountMinor: 635 }),
    ]);
    expect(items.map((item) => (item.type === 'day' ? item.date : item.entry.id))).toEqual([
      '2025-11-20',
      'a',
      'b',
      '2025-11-18',
      'c',
    ]);
    expect(items[0]).toMatchObject({ sums: [{ currency: 'EUR', spentMinor: 3875 }] });
    expect(items.map((item) => item.type === 'entry' && item.isFirstOfDay)).toEqual([false, true, false, false, true]);
  });

  it('never add two currencies, nor income to spending', () => {
    const [day] = groupByDay([
      entry('a', { amountMinor: 100 }),
      entry('b', { amountMinor: 300, currency: 'USD' }),
      entry('c', { amountMinor: 250_000, kind: 'income' }),
    ]);
    expect(day).toMatchObject({
      sums: [
        { currency: 'EUR', spentMinor: 100 },
        { currency: 'USD', spentMinor: 300 },
      ],
    });
  });

  it('leave money between own accounts out of what was spent', () => {
    const [day] = groupByDay([
      entry('a', { amountMinor: 100 }),
      entry('b', { amountMinor: 50_000, categoryId: transfersCategoryId }),
    ]);
    expect(day).toMatchObject({ sums: [{ currency: 'EUR', spentMinor: 100 }] });
  });

  it('of an empty ledger are nothing', () => {
    expect(groupByDay([])).toEqual([]);
  });
});
