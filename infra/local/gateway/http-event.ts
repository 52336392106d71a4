import type { APIGatewayProxyEventV2, APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import type { Claims } from './jwt-authorizer.ts';

/** One request as it came, read to its end. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as sent, still percent-encoded. */
  readonly url: string;
  readonly httpVersion: string;
  /** By lower-cased name, every value that was sent under it. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly sourceIp: string;
  readonly body: Buffer;
}

export interface EventFacts {
  readonly routeKey: string;
  readonly requestId: string;
  readonly nowMs: number;
  /** Undefined on a route without authorizer. */
  readonly claims: Claims | undefined;
}

export type HttpEvent = APIGatewayProxyEventV2 | APIGatewayProxyEventV2WithJWTAuthorizer;

/** The event that an HTTP API (payload format 2.0, stage `$default`) hands to a function. */
export function toHttpEvent(request: ReceivedRequest, facts: EventFacts): HttpEvent {
  const { path, query } = splitUrl(request.url);
  const headers = joinedHeaders(request);
  const cookies = (request.headers['cookie'] ?? []).flatMap((line) => line.split(/;\s*/)).filter((part) => part !== '');
  const isBase64Encoded = request.body.length > 0 && !isText(headers);
  return {
    version: '2.0',
    routeKey: facts.routeKey,
    rawPath: decodedPath(path),
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query !== '' && { queryStringParameters: joinedParameters(query) }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      ...(facts.claims && { authorizer: { jwt: { claims: facts.claims, scopes: null } } }),
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method,
        path: decodedPath(path),
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: facts.requestId,
      routeKey: facts.routeKey,
      stage: '$default',
      time: requestTime(facts.nowMs),
      timeEpoch: facts.nowMs,
    },
    ...(request.body.length > 0 && { body: request.body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}

export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const at = url.indexOf('?');
  return at < 0 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) };
}

/** As the Common Log Format writes it, in UTC: `23/Nov/2026:13:30:00 +0000`. */
export function requestTime(nowMs: number): string {
  // "Mon, 23 Nov 2026 13:30:00 GMT"
  const [, day, month, year, time] = new Date(nowMs).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}

/** Cookies have a field of their own; the rest arrives with what the service adds about where the request came from. */
function joinedHeaders({ headers, sourceIp }: ReceivedRequest): Record<string, string> {
  const sent = Object.entries(headers).filter(([name]) => name !== 'cookie');
  const joined = Object.fromEntries(sent.map(([name, values]) => [name, values.join(',')]));
  const port = joined['host']?.split(':')[1] ?? '80';
  return { ...joined, 'x-forwarded-for': sourceIp, 'x-forwarded-port': port, 'x-forwarded-proto': 'http' };
}

function joinedParameters(query: string): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    joined[name] = Object.hasOwn(joined, name) ? `${joined[name]},${value}` : value;
  }
  return joined;
}

/** The service hands paths over decoded; one that cannot be decoded stays as it is. */
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const textTypes = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml))\b)/;

/** A body of no declared type is text to the service; a compressed one is bytes, whatever it holds. */
function isText(headers: Readonly<Record<string, string>>): boolean {
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding === 'identity' && textTypes.test(headers['content-type'] ?? 'text/plain');
}
