import { dateToDayNumber, dayNumberToDate } from '@fintrack/sync-core/protocol/calendar-date';
import * as fc from 'fast-check';
import type { Budget, Entry } from '../ledger.ts';
import type { Ledger } from './ledger-builder.ts';

/** Around `monthUnderTest`, so that most entries fall into it and some before and after. */
export const monthUnderTest = '2026-11';
export const anyDate = fc
  .integer({ min: dateToDayNumber('2026-10-20'), max: dateToDayNumber('2026-12-10') })
  .map(dayNumberToDate);

const anyCurrency = fc.constantFrom('EUR', 'EUR', 'EUR', 'USD', 'JPY');
const categories = ['dining', 'groceries', 'home', 'Ωmega'] as const;
/** Few of them, so that equal sums, whose order must be decided by something else, are common. */
const roundAmount = fc.constantFrom(0, 100, 250, 1000, -100);
const anyAmount = fc.oneof(
  { weight: 8, arbitrary: roundAmount },
  { weight: 8, arbitrary: fc.integer({ min: -5000, max: 50_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }) },
);

const anyEntry: fc.Arbitrary<Entry> = fc.record({
  id: fc.string({ minLength: 2, maxLength: 6 }),
  kind: fc.constantFrom('expense', 'expense', 'income'),
  date: fc.oneof(anyDate, fc.constantFrom('2026-11-01', '2026-11-15', '2026-11-30')),
  amountMinor: anyAmount.map((minor) => minor + 0),
  currency: anyCurrency,
  categoryId: fc.constantFrom(null, 'dining', ...categories),
  title: fc.constantFrom('', 'Rent', 'Café Zoë 12', 'a'),
});

const anyBudget: fc.Arbitrary<Budget> = fc
  .record({
    categoryId: fc.constantFrom(...categories),
    month: fc.constantFrom('2026-10', monthUnderTest, monthUnderTest, monthUnderTest, '2026-12'),
    amountMinor: fc.oneof(fc.constantFrom(0, 100, 1000), fc.integer({ min: 0, max: 100_000 })),
    currency: anyCurrency,
  })
  .map((budget) => ({ id: `${budget.categoryId}/${budget.month}/${budget.currency}`, ...budget }));

/** Refunds, incomes, amounts at the limit, three currencies, neighbouring months; ids unique as in a real ledger. */
export const anyLedger: fc.Arbitrary<Ledger> = fc.record({
  entries: fc.uniqueArray(anyEntry, { maxLength: 40, size: 'max', selector: (entry) => entry.id }),
  budgets: fc.uniqueArray(anyBudget, { maxLength: 10, size: 'max', selector: (budget) => budget.id }),
});
