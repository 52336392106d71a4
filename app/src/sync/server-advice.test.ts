import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { adviseMonth } from '@fintrack/advisor-core';
import { describe, expect, it } from 'vitest';
import { readAdvice } from './server-advice.ts';

const advice = adviseMonth({ entries: [], budgets: [], asOf: '2026-11-03' });

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
  it('is asked for with the token and the day', async () => {
    const { result, seen } = await answered(200, JSON.stringify({ advice, position: 3 }));
    expect(result).toEqual({ ok: true, value: advice });
    expect(seen).toEqual(['/v1/advice?asOf=2026-11-03', 'Bearer secret']);
  });

  it('is none when it follows other rules, or is not the server talking', async () => {
    const unreachable = { ok: false, error: { type: 'unreachable' } };
    const other = JSON.stringify({ advice: { ...advice, version: 99 } });
    expect((await answered(200, other)).result).toEqual(unreachable);
    expect((await answered(200, '<html>')).result).toEqual(unreachable);
    expect((await answered(503, '')).result).toEqual(unreachable);
    expect((await answered(401, '{}')).result).toEqual({ ok: false, error: { type: 'signInNeeded' } });
  });
});
