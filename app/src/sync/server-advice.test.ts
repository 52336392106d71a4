import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { advise } from '@fintrack/advisor-core';
import { describe, expect, it } from 'vitest';
import { readAdvice } from './server-advice.ts';

const rent = (month: number) => ({
  id: `rent-${month}`,
  kind: 'expense' as const,
  date: `2026-${String(month).padStart(2, '0')}-01`,
  amountMinor: month < 10 ? 90_000 : 96_000,
  currency: 'EUR',
  categoryId: 'home',
  title: 'Hausverwaltung Kestler',
});
const advice = advise({
  entries: [...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(rent), { ...rent(1), id: 'odd', date: '2026-02-31' }],
  budgets: [{ id: 'b', categoryId: 'home', month: '2026-11', amountMinor: 90_000, currency: 'EUR' }],
  asOf: '2026-11-03',
});

const answered = async (status: number, body: string) => {
  const seen: unknown[] = [];
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming.url, incoming.headers.authorization);
    outgoing.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const deps = { apiUrl: async () => apiUrl, accessToken: async () => ({ type: 'token', token: 'secret' }) as const };
    return { result: await readAdvice(deps, '2026-11-03'), seen };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
};

const [card, stream, upcoming, forecast] = [
  advice.shown[0],
  advice.streams[0],
  advice.upcoming[0],
  advice.forecasts[0],
];
const posting = upcoming?.postings[0];
const step = card?.arithmetic[0];
const withPosting = (part: object) => ({ upcoming: [{ ...upcoming, postings: [{ ...posting, ...part }] }] });

/** Advice of this version, but for a part. */
const newerOrBroken: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['a card of a newer kind', { shown: [{ ...card, kind: 'horoscope' }] }],
  ['a card in no currency', { shown: [{ ...card, money: { minor: 1, currency: 'euro' } }] }],
  ['a card about no month', { shown: [{ ...card, subject: { type: 'month', month: '2026-13' } }] }],
  [
    'a sum with a term of a newer name',
    { shown: [{ ...card, arithmetic: [{ ...step, result: { name: 'luck', minor: 1 } }] }] },
  ],
  ['a stream of a newer cadence', { streams: [{ ...stream, cadence: 'daily' }] }],
  ['a stream that ended on no day', { streams: [{ ...stream, lastDay: 1e15 }] }],
  ['nothing upcoming, not even an empty list', { upcoming: undefined }],
  ['upcoming without sums', { upcoming: [{ ...upcoming, cashFlow: undefined }] }],
  ['upcoming of a newer kind', withPosting({ kind: 'transfer' })],
  ['upcoming on no day', withPosting({ day: 0.5 })],
  ['upcoming without a range', withPosting({ amountRange: [1] })],
  ['a forecast without a record', { forecasts: [{ ...forecast, record: undefined }] }],
  ['a forecast of something newer', { forecasts: [{ ...forecast, of: { type: 'merchant' } }] }],
  ['a forecast of nothing', { forecasts: [null] }],
  ['an entry left out for a newer reason', { leftOut: [{ id: 'a', problem: 'mood' }] }],
  ['no budgets of the month', { month: { ...advice.month, budgets: undefined } }],
  ['a budget without its category', { month: { ...advice.month, budgets: [{ budgetId: 'b' }] } }],
  ['another month than there is', { month: { ...advice.month, month: 'November' } }],
];

describe("the server's advice", () => {
  it('of these entries has something of everything, so that all of it is checked', () => {
    const { shown, streams, upcoming, forecasts, leftOut, month } = advice;
    expect([shown, streams, upcoming, forecasts, leftOut, month.budgets].map(({ length }) => length)).not.toContain(0);
    expect(upcoming[0]?.postings.length).not.toBe(0);
    expect(shown[0]?.arithmetic.length).not.toBe(0);
  });

  it('is asked for with the token and the day', async () => {
    const { result, seen } = await answered(200, JSON.stringify({ advice, position: 3 }));
    expect(result).toEqual({ ok: true, value: advice });
    expect(seen).toEqual(['/v1/advice?asOf=2026-11-03', 'Bearer secret']);
  });

  it('is none when it follows other rules, or is not the server talking', async () => {
    const unreachable = { ok: false, error: { type: 'unreachable' } };
    const other = JSON.stringify({ advice: { ...advice, version: 99 } });
    expect((await answered(200, other)).result).toEqual(unreachable);
    const broken = JSON.stringify({ advice: { ...advice, shown: [{ kind: 'budget-over' }] } });
    expect((await answered(200, broken)).result).toEqual(unreachable);
    expect((await answered(200, '<html>')).result).toEqual(unreachable);
    expect((await answered(503, '')).result).toEqual(unreachable);
    expect((await answered(401, '{}')).result).toEqual({ ok: false, error: { type: 'signInNeeded' } });
  });

  it.each(newerOrBroken)('is none of which a screen could not show a part: %s', async (_, part) => {
    const { result } = await answered(200, JSON.stringify({ advice: { ...advice, ...part }, position: 3 }));
    expect(result).toEqual({ ok: false, error: { type: 'unreachable' } });
  });
});
