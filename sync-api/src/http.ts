import { fail, limits, ok, type Refusal, refusals, type Result } from '@fintrack/sync-core/protocol';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { decode, type DecodeError, encode } from './content-coding.ts';
import type { RouteResult, User } from './routes/answer.ts';

/** An HTTP API event, payload version 2.0, that passed the JWT authorizer. */
export type HttpEvent = APIGatewayProxyEventV2WithJWTAuthorizer;
export type HttpResponse = APIGatewayProxyStructuredResultV2;

export type HttpRequest = {
  readonly method: string;
  readonly path: string;
  /** The last value of each name. */
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
};

/**
 * Who the token speaks for. The authorizer has checked signature, issuer, time and audience; it does not tell an access
 * token from an id token, so that is done here, and the client once more [S1].
 */
export const authorize = (event: HttpEvent, clientId: string): Result<User, Refusal> => {
  // A request that came by no authorizer has none of these, whatever the event's type says.
  const claims = event.requestContext.authorizer?.jwt?.claims ?? {};
  const { sub, token_use: use, client_id: client, auth_time: authTimeS } = claims;
  if (use !== 'access') return unauthorized('an access token is needed');
  if (client !== clientId) return unauthorized('the token was made for another app');
  if (typeof sub !== 'string' || sub === '') return unauthorized('the token names nobody');
  const signedInAt = Number(authTimeS) * 1000;
  return ok({ space: sub, signedInAt: Number.isSafeInteger(signedInAt) ? signedInAt : undefined });
};

const unauthorized = (message: string): Result<User, Refusal> => fail({ type: 'unauthorized', message });

/** The request in plain text: bytes out of base64, out of their content coding, out of UTF-8. */
export const readRequest = async (event: HttpEvent): Promise<Result<HttpRequest, Refusal>> => {
  const { headers, body = '', isBase64Encoded, rawQueryString, rawPath, requestContext } = event;
  const sent = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const decoded = await decode(sent, headers['content-encoding'] ?? '', limits.requestSizeBytesMax);
  if (!decoded.ok) return fail(decodeRefusals[decoded.error.type]);
  const text = utf8ToText(decoded.value);
  if (text === undefined) return fail({ type: 'badRequest', message: 'The body is not UTF-8 text.' });
  const query = Object.fromEntries(new URLSearchParams(rawQueryString));
  return ok({ method: requestContext.http.method, path: rawPath, query, headers, body: text });
};

const decodeRefusals: Readonly<Record<DecodeError['type'], Refusal>> = {
  tooLarge: {
    type: 'tooLarge',
    message: `A body may have ${limits.requestSizeBytesMax} bytes when decompressed.`,
    limitBytes: limits.requestSizeBytesMax,
  },
  unknownCoding: { type: 'badRequest', message: 'content-encoding must be one of br, gzip, deflate.' },
  damaged: { type: 'badRequest', message: 'The body is not what its content-encoding says.' },
};

const utf8ToText = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Below this compressing saves next to nothing; an answer with one change lies above it, and is a third smaller. */
const compressSizeBytesMin = 256;

/** [P9] The one place where a refusal becomes a status. */
export const writeResponse = async (
  result: RouteResult,
  headers: HttpRequest['headers'],
): Promise<HttpResponse & { readonly statusCode: number; readonly body: string }> => {
  const refusal = result.ok ? result.value.refusal : result.error;
  const body = result.ok ? result.value.body : refusalBody(result.error);
  const bytes = Buffer.from(body);
  const { bytes: sent, coding } =
    bytes.byteLength > compressSizeBytesMin
      ? await encode(bytes, headers['accept-encoding'] ?? '')
      : { bytes, coding: undefined };
  return {
    statusCode: refusal ? refusals[refusal.type].status : 200,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      vary: 'accept-encoding',
      ...(coding && { 'content-encoding': coding }),
      ...(refusal?.delayMs !== undefined && { 'retry-after': String(Math.ceil(refusal.delayMs / 1000)) }),
    },
    body: coding ? Buffer.from(sent).toString('base64') : body,
    isBase64Encoded: coding !== undefined,
  };
};

/** The retry class goes along, for a program that does not know the type. */
const refusalBody = (refusal: Refusal): string =>
  JSON.stringify({ error: { ...refusal, retry: refusals[refusal.type].retry } });
