import {
  advise,
  adviceToJson,
  type Budget,
  type Entry,
  type Feedback,
  type FrozenForecast,
} from '@fintrack/advisor-core';
import {
  budgetId,
  type Change,
  dismissalId,
  forecastId,
  type Json,
  transfersCategoryId,
} from '@fintrack/sync-core/protocol';
import { materialise } from '@fintrack/sync-core/server';
import { createAuthor, testId, testReplica } from '@fintrack/sync-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HttpEvent, HttpResponse } from '../src/http.ts';
import { claimsOf, errorOf, expense, httpEvent, textOf } from './device.ts';
import { feedOf, freshSpace, logOf, rowsOf, setHandlerEnvironment, silenceLog, useCloud } from './support.ts';

const cloud = useCloud();
let handler: (event: HttpEvent) => Promise<HttpResponse>;
beforeAll(async () => {
  setHandlerEnvironment(cloud());
  silenceLog();
  ({ handler } = await import('../src/handlers/advice.ts'));
});

const advice = (space: string, query: string) =>
  handler(httpEvent('GET', '/v1/advice', '', { claims: claimsOf(space), query }));

/** What a device makes of the same ledger. */
const deviceText = (input: Omit<Parameters<typeof advise>[0], 'transfersCategoryId'>): string =>
  adviceToJson(advise({ ...input, transfersCategoryId }));

const created = (kind: string, id: string, values: Readonly<Record<string, Json>>): Change => ({
  ...expense(id, values),
  kind,
});
const groceries = testId(500);

/** `perDay` expenses on each day of March and one on each side of it, in two currencies, with padding to fill pages. */
const ledger = (perDay: number, padding: string) => {
  const entries: Entry[] = [];
  for (let i = 0; i < perDay * 31; i++) {
    const date = `2026-03-${String(1 + (i % 31)).padStart(2, '0')}`;
    const [amountMinor, currency] = [100 + i, i % 7 === 0 ? 'JPY' : 'EUR'];
    const categoryId = i % 3 ? groceries : null;
    entries.push({ ...entryOf(i, date), amountMinor, currency, categoryId, title: `Tea ${i % 5}` });
  }
  for (const [i, date] of ['2026-02-28', '2026-04-01'].entries()) {
    entries.push({ ...entryOf(9_000 + i, date), amountMinor: 7 });
  }
  entries.push(
    { ...entryOf(9_100, '2026-03-31'), kind: 'income' },
    { ...entryOf(9_101, '2026-03-01'), kind: 'income' },
  );
  const budgets: Budget[] = ['2026-02', '2026-03'].map((month) => ({
    id: budgetId(groceries, month, 'EUR'),
    categoryId: groceries,
    month,
    amountMinor: 20_000,
    currency: 'EUR',
  }));
  return { entries, budgets, changes: changesOf(entries, budgets, padding) };
};

const entryOf = (number: number, date: string): Entry => ({
  kind: 'expense',
  id: testId(number),
  date,
  amountMinor: 250_000,
  currency: 'EUR',
  categoryId: null,
  title: '',
});

const changesOf = (entries: readonly Entry[], budgets: readonly Budget[], padding: string): readonly Change[] => [
  ...entries.map(({ kind, id, date, amountMinor, currency, categoryId, title }) =>
    created(kind, id, {
      date,
      amount: { minor: amountMinor, currency },
      note: padding,
      ...(kind === 'expense' ? { category: categoryId, description: title } : { source: title }),
    }),
  ),
  ...budgets.map(({ id, month, amountMinor, currency, categoryId }) =>
    created('budget', id, { of: { category: categoryId, month, currency }, amount: { minor: amountMinor, currency } }),
  ),
];

const spaceWith = async (changes: readonly Change[]): Promise<string> => {
  const space = freshSpace();
  const entry = createAuthor(testReplica('a')).entry(1, changes);
  expect(await logOf(cloud()).append(space, entry, {})).toEqual({ type: 'appended' });
  await materialise(feedOf(cloud()), rowsOf(cloud()), space);
  return space;
};

describe('advice from the server', () => {
  it('has the bytes that a device computes from the same ledger, over more than one page of the index', async () => {
    const { entries, budgets, changes } = ledger(25, 'n'.repeat(2_000));
    const space = await spaceWith(changes);
    const response = await advice(space, 'asOf=2026-03-15');
    const device = deviceText({ entries, budgets, asOf: '2026-03-15' });
    expect(response.statusCode).toBe(200);
    expect(textOf(response)).toBe(`{"advice":${device},"position":1}`);
    expect(JSON.parse(device).month.budgets).toMatchObject([{ state: 'over', budgetId: budgets[1]?.id }]);
  });

  it('leaves out what is deleted or has no amount yet', async () => {
    const { entries, budgets, changes } = ledger(1, '');
    const gone: Change = {
      kind: 'expense',
      id: entries[0]?.id ?? '',
      at: 9,
      op: 'delete',
      see: { date: [1], amount: [1], note: [1], category: [1], description: [1] },
    };
    const space = await spaceWith([...changes, expense(testId(9_900), { date: '2026-03-04', description: 'soon' })]);
    const author = createAuthor(testReplica('b'));
    await logOf(cloud()).append(space, author.entry(2, [gone]), {});
    await materialise(feedOf(cloud()), rowsOf(cloud()), space);
    const device = deviceText({ entries: entries.slice(1), budgets, asOf: '2026-03-31' });
    expect(textOf(await advice(space, 'asOf=2026-03-31'))).toBe(`{"advice":${device},"position":2}`);
  });

  it('leaves out what a newer program writes in a shape that this one does not know', async () => {
    const date = '2026-03-04';
    const known = { date, amount: { minor: 1240, currency: 'EUR' } };
    const of = { category: groceries, month: '2026-03', currency: 'EUR' };
    const space = await spaceWith([
      created('expense', testId(1), { ...known, category: { main: groceries, share: 1 }, description: ['tea'] }),
      created('expense', testId(2), { date, amount: { minor: 12.5, currency: 'EUR' } }),
      created('expense', testId(3), { date, amount: { minor: '1240', currency: 'EUR' } }),
      created('income', testId(4), { date, amount: { minor: 1240, currency: 978 } }),
      created('income', testId(5), { date, amount: { minor: 1240 } }),
      created('budget', testId(6), { of, amount: { minor: { from: 1, to: 2 } } }),
      created('budget', testId(7), { of: { ...of, category: null }, amount: known.amount }),
      created('dismissal', testId(8), { insight: { later: 1 }, reason: 'known' }),
      created('dismissal', testId(9), { insight: '', reason: { later: 1 } }),
      created('forecast', testId(10), { of: { ...of, category: { later: 1 } }, made: date, amount: known.amount }),
    ]);
    const readable: Entry = { ...entryOf(1, date), amountMinor: 1240 };
    const device = deviceText({ entries: [readable], budgets: [], asOf: '2026-03-15' });
    expect(textOf(await advice(space, 'asOf=2026-03-15'))).toBe(`{"advice":${device},"position":1}`);
  });

  it('counts what was said about advice, and how earlier forecasts turned out, as the device does', async () => {
    const { entries, budgets, changes } = ledger(3, '');
    const feedback: Feedback[] = [{ insight: `entry:${testId(5)}`, reason: 'one-off' }];
    const months = ['2025-12', '2026-01', '2026-02'];
    const forecasts = months.map(
      (month): FrozenForecast => ({
        subject: 'EUR',
        month,
        asOf: `${month}-03`,
        pointMinor: 10,
        lowMinor: 5,
        highMinor: 20,
      }),
    );
    const space = await spaceWith([
      ...changes,
      ...feedback.map(({ insight, reason }) => created('dismissal', dismissalId(insight), { insight, reason })),
      ...forecasts.map(({ month, asOf, pointMinor, lowMinor, highMinor }) =>
        created('forecast', forecastId(month, 'EUR', null), {
          of: { month, currency: 'EUR', category: null },
          made: asOf,
          amount: { minor: pointMinor, currency: 'EUR' },
          range: { low: lowMinor, high: highMinor },
        }),
      ),
    ]);
    const device = deviceText({ entries, budgets, feedback, forecasts, asOf: '2026-03-15' });
    expect(textOf(await advice(space, 'asOf=2026-03-15'))).toBe(`{"advice":${device},"position":1}`);
  });

  it('an account without entries gets the advice of an empty ledger', async () => {
    const device = deviceText({ entries: [], budgets: [], asOf: '2026-02-28' });
    expect(textOf(await advice(freshSpace(), 'asOf=2026-02-28'))).toBe(`{"advice":${device},"position":0}`);
  });

  it("never reads another account's rows", async () => {
    await spaceWith(ledger(1, '').changes);
    const device = deviceText({ entries: [], budgets: [], asOf: '2026-03-15' });
    expect(textOf(await advice(freshSpace(), 'asOf=2026-03-15'))).toContain(device);
  });

  it.each(['', 'asOf=', 'asOf=2026-02-30', 'asOf=yesterday', 'asOf=2026-3-1', 'asof=2026-03-01'])(
    '"%s" is no day, and is refused in one sentence',
    async (query) => {
      const response = await advice(freshSpace(), query);
      expect(response.statusCode).toBe(400);
      expect(errorOf(response)).toMatchObject({ type: 'badRequest', message: expect.stringContaining('2026-11-23') });
    },
  );

  it('an id token is refused', async () => {
    const claims = { ...claimsOf(freshSpace()), token_use: 'id' };
    const response = await handler(httpEvent('GET', '/v1/advice', '', { claims, query: 'asOf=2026-03-01' }));
    expect(response.statusCode).toBe(401);
  });
});
