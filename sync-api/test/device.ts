import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import {
  type Change,
  chainHash,
  chainStart,
  type Json,
  parseSyncAnswer,
  protocolVersion,
  schemaVersion,
  type SyncAnswer,
  type SyncRequest,
} from '@fintrack/sync-core/protocol';
import { testReplica } from '@fintrack/sync-core/testing';
import type { HttpEvent, HttpResponse } from '../src/http.ts';
import { clientId } from './support.ts';

/** Stamps changes as one replica and writes requests; no store and no outbox. */
export const createDevice = (space: string, letter: string) => {
  const replica = testReplica(letter);
  let number = 0;
  let hash = chainStart;
  const pull = (cursor: number): SyncRequest => ({
    protocol: protocolVersion,
    schema: schemaVersion,
    space,
    replica,
    epoch: 1,
    cursor,
    digest: '0'.repeat(32),
  });
  return {
    replica,
    pull,
    /** The next changes of this replica, numbered after those before. */
    push(cursor: number, changes: readonly Json[]): SyncRequest {
      const request = { ...pull(cursor), push: { first: number + 1, previous: hash, changes: [...changes] } };
      for (const change of changes) hash = chainHash(hash, change);
      number += changes.length;
      return request;
    },
    last: () => ({ last: number, hash }),
  };
};

export const expense = (id: string, values: Readonly<Record<string, Json>>, at = 5): Change => ({
  kind: 'expense',
  id,
  at,
  set: Object.fromEntries(Object.entries(values).map(([group, value]) => [group, [value]])),
});

export type EventOptions = {
  readonly claims?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: string;
};

export const claimsOf = (space: string): Record<string, string> => ({
  sub: space,
  token_use: 'access',
  client_id: clientId,
});

/** An event as an HTTP API hands it to a function: payload version 2.0. */
export const httpEvent = (
  method: string,
  path: string,
  body: string | Uint8Array,
  { claims = {}, headers = {}, query = '' }: EventOptions,
): HttpEvent => ({
  version: '2.0',
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: query,
  headers: { 'content-type': 'application/json', ...headers },
  requestContext: {
    accountId: '1',
    apiId: 'api',
    authorizer: { principalId: '', integrationLatency: 0, jwt: { claims, scopes: [] } },
    domainName: 'localhost',
    domainPrefix: 'localhost',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
    requestId: 'request-1',
    routeKey: `${method} ${path}`,
    stage: '$default',
    time: '',
    timeEpoch: 0,
  },
  body: typeof body === 'string' ? body : Buffer.from(body).toString('base64'),
  isBase64Encoded: typeof body !== 'string',
});

/** A sync request as a browser sends it: compressed, and taking a compressed answer. */
export const syncEvent = (space: string, request: SyncRequest): HttpEvent =>
  httpEvent('POST', '/v1/sync', gzipSync(JSON.stringify(request)), {
    claims: claimsOf(space),
    headers: { 'content-encoding': 'gzip', 'accept-encoding': 'gzip, br' },
  });

/** The text of a response as a browser would give it to the app. */
export const textOf = ({ body = '', headers = {}, isBase64Encoded }: HttpResponse): string => {
  if (!isBase64Encoded) return body;
  const bytes = Buffer.from(body, 'base64');
  if (headers['content-encoding'] === 'br') return brotliDecompressSync(bytes).toString();
  return headers['content-encoding'] === 'gzip' ? gunzipSync(bytes).toString() : bytes.toString();
};

export const answerOf = (response: HttpResponse): SyncAnswer => {
  const answer = parseSyncAnswer(textOf(response));
  if (!answer.ok) throw new Error(`no sync answer: ${JSON.stringify(answer.error)}`);
  return answer.value;
};

export const errorOf = (response: HttpResponse): Record<string, unknown> => JSON.parse(textOf(response)).error;
