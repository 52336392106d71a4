import { adviseMonth } from '@fintrack/advisor-core';
import { transfersCategoryId } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import type { Budget, Entry } from '../../model/ledger.ts';
import { matchingEntries, monthViewOf } from './month-view.ts';

const entry = (change: Partial<Entry>): Entry => ({
  kind: 'expense',
  id: JSON.stringify(change),
  date: '2025-11-03',
  amountMinor: 1000,
  currency: 'EUR',
  title: '',
  note: '',
  categoryId: 'dining',
  importId: null,
  isPending: false,
  ...change,
});
const dining: Budget = {
  id: 'b1',
  categoryId: 'dining',
  month: '2025-11',
  amountMinor: 5000,
  currency: 'EUR',
  isPending: false,
};
const viewOf = (entries: readonly Entry[], budgets: readonly Budget[] = [dining]) =>
  monthViewOf(
    {
      month: '2025-11',
      entries,
      budgets,
      advice: adviseMonth({ entries, budgets, asOf: '2025-11-20', month: '2025-11', transfersCategoryId }),
    },
    'EUR',
  );

describe('a month on the screen', () => {
  it('leads with the home currency and keeps others apart', () => {
    const view = viewOf([entry({}), entry({ currency: 'USD', amountMinor: 777 })]);
    expect(view.home).toMatchObject({ currency: 'EUR', leftMinor: 4000 });
    expect(view.others).toMatchObject([{ currency: 'USD', spentOutsideBudgetsMinor: 777 }]);
    expect(view.spentMinor).toBe(1000);
  });

  it('tells spending without a budget from the rest', () => {
    const view = viewOf([entry({}), entry({ categoryId: null, amountMinor: 250 })]);
    expect(view.home).toMatchObject({ spentInBudgetsMinor: 1000, spentOutsideBudgetsMinor: 250 });
  });

  it('shows money between own accounts apart from what was spent', () => {
    const view = viewOf([
      entry({}),
      entry({ categoryId: transfersCategoryId, amountMinor: 50_000 }),
      entry({ categoryId: transfersCategoryId, amountMinor: -20_000 }),
    ]);
    expect(view.spentMinor).toBe(1000);
    expect(view.transfers).toEqual({ entryCount: 2, leftMinor: 30_000 });
    expect(viewOf([entry({})]).transfers).toBeUndefined();
  });

  it('has the newest day first', () => {
    const view = viewOf([entry({ date: '2025-11-01' }), entry({ date: '2025-11-09' })]);
    expect(view.entries.map((each) => each.date)).toEqual(['2025-11-09', '2025-11-01']);
  });
});

describe('searching a month', () => {
  const entries = [entry({ title: 'Bäckerei Siebert' }), entry({ title: 'Starbucks', note: 'Hauptbahnhof' })];
  const titles = (text: string) => matchingEntries(entries, text, () => 'Dining').map((each) => each.title);

  it('minds neither case nor accents, and looks at notes and categories too', () => {
    expect(titles('backerei')).toEqual(['Bäckerei Siebert']);
    expect(titles('HAUPT star')).toEqual(['Starbucks']);
    expect(titles('dining')).toHaveLength(2);
  });

  it('for nothing finds everything', () => {
    expect(titles('  ')).toHaveLength(2);
  });
});
