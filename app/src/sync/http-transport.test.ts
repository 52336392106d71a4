import type { RequestListener } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { SyncAnswer, SyncRequest } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { answering, bodyOf, served } from '../../../infra/local/test-server.ts';
import { createHttpTransport, type HttpTransportDeps, readAnswer } from './http-transport.ts';

const request: SyncRequest = {
  protocol: 1,
  schema: 1,
  space: 'me',
  replica: '0123456789abcdef',
  epoch: 1,
  cursor: 0,
  digest: '0'.repeat(32),
};
const answer: SyncAnswer = { epoch: 1, head: 0, serverTime: 5, acknowledged: null, entries: [], more: false };
const withChanges = (count: number): SyncRequest => ({
  ...request,
  push: { first: 1, previous: '0'.repeat(32), changes: Array.from({ length: count }, (_, n) => ({ n, text: 'tea' })) },
});

const transportTo = (apiUrl: string | undefined, more: Partial<HttpTransportDeps> = {}) =>
  createHttpTransport({
    apiUrl: async () => apiUrl,
    accessToken: async () => ({ type: 'token', token: 'secret' }),
    ...more,
  });

describe('the transport', () => {
  it('sends a small body as it is, with the token, and reads the answer', async () => {
    const seen: unknown[] = [];
    const listener = answering(async (incoming) => {
      const text = (await bodyOf(incoming)).toString();
      seen.push(incoming.method, incoming.url, incoming.headers.authorization, incoming.headers['content-encoding']);
      seen.push(JSON.parse(text));
      return JSON.stringify(answer);
    });
    const result = await served(listener, (apiUrl) => transportTo(apiUrl).send(request));
    expect(result).toEqual({ type: 'answer', answer });
    expect(seen).toEqual(['POST', '/v1/sync', 'Bearer secret', undefined, request]);
  });

  it('compresses a large body', async () => {
    const large = withChanges(200);
    let got: unknown;
    let sizeBytes = 0;
    let encoding: string | undefined;
    const listener = answering(async (incoming) => {
      const body = await bodyOf(incoming);
      sizeBytes = body.length;
      encoding = incoming.headers['content-encoding'];
      got = JSON.parse(gunzipSync(body).toString());
      return JSON.stringify(answer);
    });
    await served(listener, (apiUrl) => transportTo(apiUrl).send(large));
    expect(encoding).toBe('gzip');
    expect(got).toEqual(large);
    expect(sizeBytes).toBeLessThan(JSON.stringify(large).length / 4);
  });

  it('takes a connection that breaks off, or no answer in time, for an unreachable server', async () => {
    const cut: RequestListener = (incoming) => void incoming.socket.destroy();
    expect(await served(cut, (apiUrl) => transportTo(apiUrl).send(request))).toEqual({ type: 'unreachable' });
    const silent: RequestListener = () => undefined;
    const result = await served(silent, (apiUrl) => transportTo(apiUrl, { timeoutMs: 20 }).send(request));
    expect(result).toEqual({ type: 'unreachable' });
  });

  it('does not follow a portal to another address', async () => {
    const portal: RequestListener = (_, outgoing) => void outgoing.writeHead(302, { location: '/login' }).end();
    expect(await served(portal, (apiUrl) => transportTo(apiUrl).send(request))).toEqual({ type: 'unreachable' });
  });

  it('sends nothing without a token or an address', async () => {
    const never = 'http://127.0.0.1:1';
    const needed = transportTo(never, { accessToken: async () => ({ type: 'signInNeeded' }) });
    expect(await needed.send(request)).toEqual({ type: 'signInNeeded' });
    expect(await transportTo(undefined).send(request)).toEqual({ type: 'unreachable' });
  });

  it('asks for another token after a refusal', async () => {
    const asked: boolean[] = [];
    const transport = transportTo(undefined, {
      accessToken: async ({ isRefused }) => {
        asked.push(isRefused);
        return { type: 'unreachable' };
      },
    });
    await transport.refreshToken();
    expect(asked).toEqual([true]);
  });
});

describe('an answer', () => {
  it('of a captive portal is not the server', () => {
    expect(readAnswer(200, '<html>Welcome to our wifi</html>')).toEqual({ type: 'notTheServer' });
    expect(readAnswer(200, '{"hello":"you"}')).toEqual({ type: 'notTheServer' });
    expect(readAnswer(502, '<html>Bad gateway</html>')).toEqual({ type: 'notTheServer' });
  });

  it('with 409 brings its pull along', () => {
    const refusal = { type: 'fork', message: 'pull first', head: 3 };
    const result = readAnswer(409, JSON.stringify({ ...answer, refusal }));
    expect(result).toEqual({ type: 'answer', answer: { ...answer, refusal } });
  });

  it('with a refusal is told with its facts', () => {
    const body = { error: { type: 'throttled', message: 'slow down', delayMs: 700 } };
    expect(readAnswer(503, JSON.stringify(body))).toEqual({ type: 'refused', refusal: body.error });
    expect(readAnswer(401, '{"message":"Unauthorized"}')).toMatchObject({ refusal: { type: 'unauthorized' } });
  });

  it('with a refusal of a newer server is judged by its status', () => {
    const body = JSON.stringify({ error: { type: 'novel', message: 'new' } });
    expect(readAnswer(500, body)).toMatchObject({ refusal: { type: 'internal' } });
    expect(readAnswer(422, body)).toMatchObject({ refusal: { type: 'badRequest' } });
  });
});
