import { adviseMonth } from '@fintrack/advisor-core';
import { describe, expect, it } from 'vitest';
import type { Budget, Entry, EntryDraft } from '../../model/ledger.ts';
import { budgetAfter } from './consequence.ts';

const saved: Entry = {
  kind: 'expense',
  id: 'e1',
  date: '2025-11-03',
  amountMinor: 14_610,
  currency: 'EUR',
  title: '',
  note: '',
  categoryId: 'dining',
  importId: null,
  isPending: false,
};
const dining: Budget = {
  id: 'b1',
  categoryId: 'dining',
  month: '2025-11',
  amountMinor: 18_000,
  currency: 'EUR',
  isPending: false,
};
const draft: EntryDraft = {
  kind: 'expense',
  date: '2025-11-20',
  amountMinor: 1590,
  currency: 'EUR',
  title: 'Zola',
  note: '',
  categoryId: 'dining',
};
const month = {
  month: '2025-11',
  entries: [saved],
  budgets: [dining],
  advice: adviseMonth({ entries: [saved], budgets: [dining], asOf: '2025-11-20', month: '2025-11' }),
};

describe('what an entry will leave', () => {
  it('is the rest of its budget, and a day', () => {
    expect(budgetAfter(month, draft)).toMatchObject({ leftMinor: 1800, daysLeft: 11, leftPerDayMinor: 163 });
  });

  it('counts an edited entry once', () => {
    expect(budgetAfter(month, { ...draft, id: 'e1' })).toMatchObject({ leftMinor: 16_410 });
  });

  it('is nothing without a budget in that currency', () => {
    expect(budgetAfter(month, { ...draft, currency: 'USD' })).toBeUndefined();
    expect(budgetAfter(month, { ...draft, categoryId: null })).toBeUndefined();
    expect(budgetAfter(month, { ...draft, kind: 'income' })).toBeUndefined();
  });
});
