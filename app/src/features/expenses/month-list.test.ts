import { transfersCategoryId } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import type { MonthTotal } from '../../model/ledger.ts';
import { monthList } from './month-list.ts';

const total = (change: Partial<MonthTotal>): MonthTotal => ({
  month: '2025-11',
  currency: 'EUR',
  kind: 'expense',
  categoryId: null,
  sumMinor: 100,
  count: 1,
  ...change,
});

describe('months with entries', () => {
  it('are listed newest first with what was spent and came in', () => {
    const list = monthList(
      [total({ month: '2025-10' }), total({}), total({ categoryId: 'c1' }), total({ kind: 'income', sumMinor: 7 })],
      'EUR',
    );
    expect(list).toEqual([
      { month: '2025-11', spentMinor: 200, incomeMinor: 7 },
      { month: '2025-10', spentMinor: 100, incomeMinor: 0 },
    ]);
  });

  it('never add a foreign currency, yet list its month', () => {
    expect(monthList([total({ currency: 'USD' })], 'EUR')).toEqual([
      { month: '2025-11', spentMinor: 0, incomeMinor: 0 },
    ]);
  });

  it('count money between own accounts as neither spent nor earned', () => {
    const list = monthList([total({ categoryId: transfersCategoryId, sumMinor: 50_000 }), total({})], 'EUR');
    expect(list).toEqual([{ month: '2025-11', spentMinor: 100, incomeMinor: 0 }]);
  });

  it('leave out a month whose entries are all gone', () => {
    expect(monthList([total({ count: 0, sumMinor: 0 })], 'EUR')).toEqual([]);
  });
});
