import { describe, expect, it } from 'vitest';
import { entriesCsvHead, entriesCsvLines } from '../../../model/entries-csv.ts';
import type { Entry } from '../../../model/ledger.ts';
import { planImport } from './import-plan.ts';

const entry: Omit<Entry, 'isPending'> = {
  kind: 'expense',
  id: '1',
  date: '2026-11-03',
  amountMinor: 1240,
  currency: 'EUR',
  title: 'Tea house',
  note: '',
  categoryId: 'c1',
  importId: null,
};

const entries: readonly Omit<Entry, 'isPending'>[] = [
  entry,
  { ...entry, date: '2026-11-02', amountMinor: -500, title: 'Returned, "late"', categoryId: null },
  { ...entry, date: '2026-11-02', amountMinor: 3000, currency: 'JPY', title: 'Ramen', note: 'two lines\nof note' },
  { ...entry, date: '2026-10-28', kind: 'income', amountMinor: 312_500, title: 'Fjordwerk', categoryId: null },
  { ...entry, date: '2026-10-05', amountMinor: 149_900, title: 'Rent' },
];

describe('the file of all entries', () => {
  it('is read by the import as what it was written from', () => {
    const text = entriesCsvHead + entriesCsvLines(entries, () => 'Dining');
    const plan = planImport(new TextEncoder().encode(text), { localeDateOrder: 'mdy', homeCurrency: 'EUR' });
    if (!plan.ok) throw new Error(plan.error.type);
    const seen = plan.value.entries.map(({ kind, date, amountMinor, currency, description, note }) =>
      [kind, date, amountMinor, currency, description, note.replaceAll(/\s+/g, ' ')].join('|'),
    );
    const written = entries.map(({ kind, date, amountMinor, currency, title, note }) =>
      [kind, date, amountMinor, currency, title, note.replaceAll(/\s+/g, ' ')].join('|'),
    );
    expect(seen.toSorted()).toEqual(written.toSorted());
  });
});
