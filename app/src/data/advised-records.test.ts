import type { Row } from '@fintrack/sync-core/client';
import type { Json } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { AdvisedRecords } from './advised-records.ts';
import { rowText } from './stored-row.ts';
import { testReplicaId, testUuid } from './testing/test-ledger.ts';

const id = testUuid(1);
const food = testUuid(2);
const version = { seq: 1, at: 1_760_000_000_000, by: `${testReplicaId(1)}-1` };

/** What an advisor on this device gets of a record with these groups. */
const advisedOf = (kind: string, groups: Readonly<Record<string, Json>>): readonly unknown[] => {
  const cells = Object.fromEntries(Object.entries(groups).map(([group, value]) => [group, { value, version }]));
  const row: Row = { kind, id, seq: 1, cells };
  const records = new AdvisedRecords();
  const key = `${kind}/${id}`;
  records.keep(key, { key, row: rowText(row) });
  return [records.entries, records.budgets, records.feedback, records.forecasts].flatMap((each) => [...each.values()]);
};

const entryGroups = { date: '2026-11-03', amount: { minor: 1240, currency: 'EUR' } };
const entry = { id, date: '2026-11-03', amountMinor: 1240, currency: 'EUR', categoryId: null };
const expense = { ...entry, kind: 'expense' };
const budgetOf = { category: food, month: '2026-11', currency: 'EUR' };
const budget = { id, categoryId: food, month: '2026-11', amountMinor: 5000, currency: 'EUR' };
const forecastGroups = {
  made: '2026-11-10',
  amount: { minor: 9000, currency: 'EUR' },
  range: { low: 8000, high: 9900 },
};
const forecastOf = { month: '2026-11', currency: 'EUR' };
const forecast = { month: '2026-11', asOf: '2026-11-10', pointMinor: 9000, lowMinor: 8000, highMinor: 9900 };

/** A row's kind, its groups, and what becomes of it, as the server's `routes/advice.ts` says. */
const oddRows: readonly (readonly [string, string, Readonly<Record<string, Json>>, readonly unknown[]])[] = [
  [
    'a title that begins with U+FEFF and has an emoji keeps both',
    'expense',
    { ...entryGroups, description: '\ufeffTea \u{1f375}' },
    [{ ...expense, title: '\ufeffTea \u{1f375}' }],
  ],
  [
    'a title that begins with U+FEFF alone keeps it',
    'expense',
    { ...entryGroups, description: '\ufeffTea' },
    [{ ...expense, title: '\ufeffTea' }],
  ],
  [
    'half a surrogate pair in a title is U+FFFD',
    'expense',
    { ...entryGroups, description: '\ufeffTea \ud83c!' },
    [{ ...expense, title: '\ufeffTea \ufffd!' }],
  ],
  [
    'half a surrogate pair in an answer is U+FFFD',
    'dismissal',
    { insight: 'stream:\udf75', reason: 'known\ud83c' },
    [{ insight: 'stream:\ufffd', reason: 'known\ufffd' }],
  ],
  ['an expense without category and title has none', 'expense', entryGroups, [{ ...expense, title: '' }]],
  [
    'a category of another shape is none',
    'expense',
    { ...entryGroups, category: { id: food }, description: 'Tea' },
    [{ ...expense, title: 'Tea' }],
  ],
  [
    'an income with a category has none, and its description is no source',
    'income',
    { ...entryGroups, category: food, description: 'Tea', source: 'Work' },
    [{ ...entry, kind: 'income', title: 'Work' }],
  ],
  ['an entry whose amount has no currency is left out', 'expense', { ...entryGroups, amount: { minor: 1240 } }, []],
  ['an entry of half a cent is left out', 'expense', { ...entryGroups, amount: { minor: 0.5, currency: 'EUR' } }, []],
  ['an entry of no day is left out', 'expense', { ...entryGroups, date: '2026-02-31' }, []],
  [
    'a budget is in the currency of its `of`, whatever its amount says',
    'budget',
    { of: budgetOf, amount: { minor: 5000, currency: 'USD' } },
    [budget],
  ],
  ['a budget whose amount says no currency as well', 'budget', { of: budgetOf, amount: { minor: 5000 } }, [budget]],
  [
    'a budget without a category is left out',
    'budget',
    { of: { month: '2026-11', currency: 'EUR' }, amount: { minor: 5000, currency: 'EUR' } },
    [],
  ],
  [
    'a budget of no month is left out',
    'budget',
    { of: { ...budgetOf, month: '2026-13' }, amount: { minor: 5000, currency: 'EUR' } },
    [],
  ],
  ['an answer to nothing is left out', 'dismissal', { insight: '', reason: 'known' }, []],
  ['an answer without a reason has none', 'dismissal', { insight: 'a:b' }, [{ insight: 'a:b', reason: '' }]],
  [
    'a forecast whose category is null is of all spending',
    'forecast',
    { of: { ...forecastOf, category: null }, ...forecastGroups },
    [{ ...forecast, subject: 'EUR' }],
  ],
  [
    'a forecast of a category, in the currency of its `of`',
    'forecast',
    { of: { ...forecastOf, category: food }, ...forecastGroups, amount: { minor: 9000, currency: 'USD' } },
    [{ ...forecast, subject: `EUR.${food}` }],
  ],
  ['a forecast that says nothing of a category is left out', 'forecast', { of: forecastOf, ...forecastGroups }, []],
  [
    'a forecast with a category of another shape is left out',
    'forecast',
    { of: { ...forecastOf, category: 7 }, ...forecastGroups },
    [],
  ],
  [
    'a forecast whose range is no whole amount is left out',
    'forecast',
    { of: { ...forecastOf, category: null }, ...forecastGroups, range: { low: 0.5, high: 9900 } },
    [],
  ],
];

describe('what the advisor gets of an odd row', () => {
  it.each(oddRows)('%s', (_, kind, groups, expected) => {
    expect(advisedOf(kind, groups)).toEqual(expected);
  });
});
