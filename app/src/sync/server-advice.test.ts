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
  entries: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(rent),
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

describe("the server's advice", () => {
  it('of these entries has cards and streams, so that all of it is checked', () => {
    expect([advice.shown.length, advice.streams.length]).not.toContain(0);
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
});
