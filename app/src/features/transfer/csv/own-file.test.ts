import { dayNumberToDate } from '@fintrack/sync-core/protocol';
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

const readBack = (written: typeof entries) => {
  const text = entriesCsvHead + entriesCsvLines(written, () => 'Dining');
  const plan = planImport(new TextEncoder().encode(text), { localeDateOrder: 'mdy', homeCurrency: 'EUR' });
  if (!plan.ok) throw new Error(plan.error.type);
  return plan.value;
};

const lineOf = (
  kind: string,
  { date, amountMinor, currency, note }: Pick<Entry, 'date' | 'amountMinor' | 'currency' | 'note'>,
  title: string,
) => [kind, date, amountMinor, currency, title, note.replaceAll(/\s+/g, ' ')].join('|');

/** The same entry on many days. */
const many = (count: number, of: typeof entry) =>
  Array.from({ length: count }, (_, at) => ({ ...of, date: dayNumberToDate(20_000 + at) }));

const salary = { ...entry, kind: 'income', amountMinor: 312_500, title: 'Fjordwerk', categoryId: null } as const;
const refund = { ...entry, amountMinor: -500, title: 'Returned' };

describe('the file of all entries', () => {
  it.each([
    ['as they come', entries],
    ['with little income and a refund', [...many(454, entry), refund, ...many(18, salary)]],
    ['with little spending and a refund', [...many(18, entry), refund, ...many(454, salary)]],
    ['with refunds and no income', [...many(60, entry), { ...refund, title: 'Payment returned', categoryId: null }]],
    ['with little income and no refund', [...many(455, entry), ...many(18, salary)]],
  ])('is read by the import as what it was written from: %s', (_, written) => {
    const { entries: read } = readBack(written);
    const seen = read.map((each) => lineOf(each.kind, each, each.description));
    expect(seen.toSorted()).toEqual(written.map((each) => lineOf(each.kind, each, each.title)).toSorted());
  });
});
