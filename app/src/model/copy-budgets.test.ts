import { describe, expect, it } from 'vitest';
import { budgetsToCopy } from './copy-budgets.ts';
import type { Budget } from './ledger.ts';

const budget = (categoryId: string, amountMinor = 1000, currency = 'EUR'): Budget => ({
  id: `${categoryId}-${currency}`,
  categoryId,
  month: '2025-10',
  amountMinor,
  currency,
  isPending: false,
});

describe('copying budgets', () => {
  it('takes what the month does not have and keeps what it has', () => {
    const copied = budgetsToCopy([budget('dining'), budget('kids')], [budget('dining', 500)]);
    expect(copied.map((each) => each.categoryId)).toEqual(['kids']);
  });

  it('tells two currencies of one category apart', () => {
    expect(budgetsToCopy([budget('dining', 10, 'USD')], [budget('dining')])).toHaveLength(1);
  });

  it('leaves empty budgets behind', () => {
    expect(budgetsToCopy([budget('dining', 0)], [])).toEqual([]);
  });
});
