import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type AccessLogLine, createGateway, type GatewayLimits } from './gateway.ts';
import type { HttpEvent } from './http-event.ts';
import type { LambdaHandler } from './invoke.ts';
import { createJwtAuthorizer } from './jwt-authorizer.ts';
import { createTestIssuer } from './test-tokens.ts';

export const issuer = createTestIssuer();
const authorize = createJwtAuthorizer({ ...issuer, loadJwks: async () => issuer.jwks });
export const authorization = `Bearer ${issuer.token()}`;

export interface Served {
  readonly url: string;
  readonly events: HttpEvent[];
  readonly log: AccessLogLine[];
}

export interface Setting {
  readonly answer?: (event: HttpEvent) => unknown;
  readonly timeoutMs?: number;
  readonly limits?: Partial<GatewayLimits>;
}

/** A gateway with one function behind `POST /v1/sync` and `GET /v1/advice`, for as long as the test runs. */
export async function serve({
  answer = () => ({ statusCode: 204 }),
  timeoutMs = 29_000,
  limits = {},
}: Setting = {}): Promise<Served> {
  const events: HttpEvent[] = [];
  const log: AccessLogLine[] = [];
  const handler: LambdaHandler = (event: HttpEvent) => {
    events.push(event);
    return answer(event);
  };
  const route = { name: 'echo', handler, timeoutMs };
  const routes = { 'POST /v1/sync': route, 'GET /v1/advice': route };
  const server = createServer(createGateway({ routes, authorize, log: (line) => void log.push(line), limits }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, events, log };
}

export function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const all = { authorization, 'content-type': 'application/json', ...headers };
  return fetch(`${url}/v1/sync`, { method: 'POST', body, headers: all });
}

export function get(url: string, path = '/v1/advice', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url + path, { headers: { authorization, ...headers } });
}

export interface RawRequest {
  readonly method: string;
  readonly body: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** As `fetch` would not send it: header lines repeated, in any case. */
export function rawRequest(url: string, { method, body, headers }: RawRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const lines = [
      ['Host', new URL(url).host],
      ['Content-Length', String(Buffer.byteLength(body))],
      ['Connection', 'close'],
      ...headers,
    ];
    const request = httpRequest(url, { method, headers: lines.flat(), agent: false });
    request.once('error', reject).once('response', (response) => response.resume().once('end', () => resolve()));
    request.end(body);
  });
}
