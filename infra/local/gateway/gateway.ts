import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type HttpAnswer, jsonAnswer, toHttpAnswer } from './http-answer.ts';
import { type ReceivedRequest, requestTime, splitUrl, toHttpEvent } from './http-event.ts';
import { invoke, type LambdaFunction } from './invoke.ts';
import type { Authorization, Authorize, Claims } from './jwt-authorizer.ts';

export interface GatewayOptions {
  /** By route key, `METHOD /path`. Paths are matched whole: the API has none with parameters. */
  readonly routes: Readonly<Record<string, LambdaFunction>>;
  /** Stands before every route, as the default authorizer of the API does. */
  readonly authorize: Authorize;
  /** Told of every request once it is answered. */
  readonly log?: (line: AccessLogLine) => void;
  /** Told what a function threw; the caller of the API never is. */
  readonly logError?: (functionName: string, error: unknown) => void;
  readonly limits?: Partial<GatewayLimits>;
}

export interface GatewayLimits {
  /** An HTTP API refuses larger requests before anything else. */
  readonly requestSizeBytesMax: number;
  /** An HTTP API waits no longer than this for a function. */
  readonly integrationTimeoutMs: number;
}

/** The fields of the deployed API's access log: no query, no body, no address, nobody's name. */
export interface AccessLogLine {
  readonly requestId: string;
  readonly requestTime: string;
  readonly routeKey: string;
  readonly status: number;
  readonly responseLengthBytes: number;
  readonly responseLatencyMs: number;
  readonly authorizerError?: string;
  readonly integrationError?: string;
}

const serviceLimits: GatewayLimits = { requestSizeBytesMax: 10 * 1024 * 1024, integrationTimeoutMs: 30_000 };

/** Answers HTTP requests with Lambda functions as API Gateway's HTTP API does. */
export function createGateway({ routes, authorize, log, logError, limits }: GatewayOptions): RequestListener {
  const context: GatewayContext = { routes, authorize, logError, limits: { ...serviceLimits, ...limits } };
  return (request, response) => {
    const startedAtMs = Date.now();
    // In the alphabet of the real ones, which the functions' log takes for an id.
    const requestId = `${randomBytes(11).toString('base64url')}=`;
    handle(context, request, requestId, startedAtMs).then(
      ({ answer, ...facts }) => {
        send(response, answer, requestId);
        log?.({
          requestId,
          requestTime: requestTime(startedAtMs),
          status: answer.status,
          responseLengthBytes: answer.body.length,
          responseLatencyMs: Date.now() - startedAtMs,
          ...facts,
        });
      },
      // The connection broke while the request came in: nobody is left to answer.
      () => response.destroy(),
    );
  };
}

interface GatewayContext {
  readonly routes: Readonly<Record<string, LambdaFunction>>;
  readonly authorize: Authorize;
  readonly logError: GatewayOptions['logError'] | undefined;
  readonly limits: GatewayLimits;
}

interface Handled {
  readonly answer: HttpAnswer;
  readonly routeKey: string;
  readonly authorizerError?: string;
  readonly integrationError?: string;
}

async function handle(
  context: GatewayContext,
  request: IncomingMessage,
  requestId: string,
  nowMs: number,
): Promise<Handled> {
  const body = await readBody(request, context.limits.requestSizeBytesMax);
  const wanted = `${request.method} ${splitUrl(request.url ?? '/').path}`;
  if (body === undefined) return { answer: messageAnswer(413, { connection: 'close' }), routeKey: '' };
  const route = Object.hasOwn(context.routes, wanted) ? context.routes[wanted] : undefined;
  if (route === undefined) return { answer: messageAnswer(404), routeKey: '' };
  const authorized = await context.authorize(request.headers.authorization);
  if (authorized.type !== 'authorized') return { routeKey: wanted, ...unauthorized(authorized) };
  const facts = { routeKey: wanted, requestId, nowMs, claims: authorized.claims };
  return { routeKey: wanted, ...(await integrate(context, route, receivedRequest(request, body), facts)) };
}

function unauthorized(refused: Exclude<Authorization, { type: 'authorized' }>): Omit<Handled, 'routeKey'> {
  const reason = refused.type === 'no-token' ? undefined : refused.reason;
  const detail = reason ? ` scope="" error="invalid_token" error_description="${reason}"` : '';
  return {
    answer: messageAnswer(401, { 'www-authenticate': `Bearer${detail}` }),
    authorizerError: reason ?? 'no token',
  };
}

async function integrate(
  { limits: { integrationTimeoutMs }, logError }: GatewayContext,
  route: LambdaFunction,
  request: ReceivedRequest,
  facts: { routeKey: string; requestId: string; nowMs: number; claims: Claims },
): Promise<Omit<Handled, 'routeKey'>> {
  const timeoutMs = Math.min(route.timeoutMs, integrationTimeoutMs);
  const invoked = await invoke({ ...route, timeoutMs }, toHttpEvent(request, facts));
  switch (invoked.type) {
    case 'returned': {
      const answer = toHttpAnswer(invoked.value);
      return answer ? { answer } : { answer: messageAnswer(500), integrationError: 'malformed-answer' };
    }
    case 'event-too-large':
      return { answer: messageAnswer(413), integrationError: invoked.type };
    case 'timed-out':
      // A function that ends at its own limit has failed; one that outlives the gateway's is only not waited for.
      return { answer: messageAnswer(route.timeoutMs <= timeoutMs ? 500 : 503), integrationError: invoked.type };
    case 'answer-too-large':
      return { answer: messageAnswer(500), integrationError: invoked.type };
    case 'threw':
      logError?.(route.name, invoked.error);
      return { answer: messageAnswer(500), integrationError: invoked.type };
  }
}

const messages = {
  401: 'Unauthorized',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;

function messageAnswer(status: keyof typeof messages, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return jsonAnswer(status, { message: messages[status] }, headers);
}

/** Undefined for one over the limit, which is then left unread. */
async function readBody(request: IncomingMessage, sizeBytesMax: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // The connection must outlive an early return, or the refusal could not be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > sizeBytesMax) {
      // A client that is still writing reads no answer, so the rest is let in and dropped.
      request.resume();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function receivedRequest(request: IncomingMessage, body: Buffer): ReceivedRequest {
  const headers = Object.entries(request.headersDistinct).map(([name, values]) => [name, values ?? []] as const);
  return {
    method: request.method ?? '',
    url: request.url ?? '/',
    httpVersion: request.httpVersion,
    headers: Object.fromEntries(headers),
    sourceIp: request.socket.remoteAddress ?? '',
    body,
  };
}

function send(response: ServerResponse, answer: HttpAnswer, requestId: string): void {
  if (response.destroyed) return;
  if (answer.cookies.length > 0) response.setHeader('set-cookie', answer.cookies);
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': answer.body.length,
    'apigw-requestid': requestId,
  });
  response.end(answer.body);
}
