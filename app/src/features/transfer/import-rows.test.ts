import { describe, expect, it } from 'vitest';
import type { CsvEntry } from './csv/rows-to-entries.ts';
import { fileSums, importRowsOf, isOfTab } from './import-rows.ts';

const entry = (change: Partial<CsvEntry>): CsvEntry => ({
  line: 2,
  kind: 'expense',
  date: '2025-10-28',
  amountMinor: 4120,
  currency: 'EUR',
  description: 'Shell 5512',
  note: '',
  categoryName: 'Transport',
  source: '',
  account: '',
  ...change,
});

describe('rows of a file', () => {
  it('become expenses with their category by name', () => {
    expect(importRowsOf([entry({})])).toEqual([
      {
        line: 2,
        kind: 'expense',
        date: '2025-10-28',
        amountMinor: 4120,
        currency: 'EUR',
        title: 'Shell 5512',
        note: '',
        categoryId: null,
        categoryName: 'Transport',
      },
    ]);
  });

  it('become income by who paid, without a category', () => {
    const [row] = importRowsOf([entry({ kind: 'income', source: 'Nordlicht GmbH' })]);
    expect(row).toMatchObject({ kind: 'income', title: 'Nordlicht GmbH' });
    expect(row).not.toHaveProperty('categoryName');
  });

  it('are summed for each currency alone, refunds taken off', () => {
    const sums = fileSums([
      entry({}),
      entry({ amountMinor: -120 }),
      entry({ kind: 'income', amountMinor: 500 }),
      entry({ currency: 'USD', amountMinor: 1 }),
    ]);
    expect(sums).toEqual([
      { currency: 'EUR', spentMinor: 4000, incomeMinor: 500 },
      { currency: 'USD', spentMinor: 1, incomeMinor: 0 },
    ]);
  });

  it('between own accounts are neither spent nor earned', () => {
    const sums = fileSums([entry({}), entry({ amountMinor: 50_000, transfer: true })]);
    expect(sums).toEqual([{ currency: 'EUR', spentMinor: 4120, incomeMinor: 0 }]);
  });

  it('stand under the tab that says what happens to them', () => {
    const known = { type: 'entry', line: 2, entry: entry({}), isKnown: true } as const;
    const refused = { type: 'refused', line: 3, why: '', cells: [] } as const;
    expect((['all', 'fresh', 'known', 'refused'] as const).filter((tab) => isOfTab(known, tab))).toEqual([
      'all',
      'known',
    ]);
    expect(isOfTab(refused, 'refused')).toBe(true);
    expect(isOfTab(refused, 'fresh')).toBe(false);
  });
});
