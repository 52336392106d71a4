import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isLocalOrigin } from '../local-host.ts';
import type { Operation } from './operation.ts';
import type { PoolContext } from './pool-context.ts';

/** Far above any message of this API; a request beyond it is cut off rather than read. */
export const BODY_SIZE_MAX_BYTES = 128 * 1024;

/** By the name behind the dot of `x-amz-target`. */
export interface Operations {
  readonly open: ReadonlyMap<string, Operation>;
  /** Taken only from a request that is signed, as the AWS SDK does it; the signature itself is not checked. */
  readonly signed: ReadonlyMap<string, Operation>;
}

/** Cognito's JSON protocol over HTTP: POST / with `x-amz-target`, and the pool's public documents by GET. */
export const createEndpoint =
  (context: PoolContext, operations: Operations): RequestListener =>
  (request, response) => {
    answer(context, operations, request).then(
      (reply) => send(context, request, response, reply),
      (error: unknown) => {
        if (request.errored) return;
        // A bug. Its stack names no field of the body, which may hold a password.
        console.error('local Cognito:', error);
        send(context, request, response, errorReply(500, 'InternalErrorException', 'Internal server error'));
      },
    );
  };

interface Reply {
  readonly status: number;
  readonly errorType?: string;
  readonly body?: object;
  /** Set where the request was not read to its end. */
  readonly closing?: true;
}

const answer = async (context: PoolContext, operations: Operations, request: IncomingMessage): Promise<Reply> => {
  if (request.method === 'OPTIONS') return { status: 204 };
  if (request.method === 'GET') return publicDocument(context, request.url ?? '/');
  if (request.method !== 'POST') return errorReply(405, 'UnknownOperationException', 'Only GET and POST are known');
  const name = operationName(request);
  const run = operations.open.get(name) ?? operations.signed.get(name);
  if (run === undefined) return errorReply(400, 'UnknownOperationException', 'No such operation');
  if (operations.signed.has(name) && !isSigned(request)) {
    return errorReply(400, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const text = await readBody(request);
  if (text === undefined) {
    return { ...errorReply(413, 'RequestEntityTooLargeException', 'The request is too large'), closing: true };
  }
  const body = parseJson(text);
  if (body === undefined) return errorReply(400, 'SerializationException', 'The request is not a JSON object');
  const outcome = await run(context, body);
  if (outcome.ok) return { status: 200, body: outcome.value };
  return errorReply(400, outcome.error.name, outcome.error.message);
};

/** A page cannot do so unnoticed: no browser sends this header across origins without an allowance that names it. */
const isSigned = ({ headers: { authorization = '' } }: IncomingMessage): boolean =>
  authorization.startsWith('AWS4-HMAC-SHA256 ');

const operationName = (request: IncomingMessage): string => {
  const target = request.headers['x-amz-target'];
  const [service, name, ...rest] = typeof target === 'string' ? target.split('.') : [];
  return service === 'AWSCognitoIdentityProviderService' && name !== undefined && rest.length === 0 ? name : '';
};

const publicDocument = ({ issuer, signingKey, store }: PoolContext, url: string): Reply => {
  const base = `/${store.state.userPoolId}/.well-known`;
  switch (url.split('?')[0]) {
    case `${base}/jwks.json`:
      return { status: 200, body: signingKey.jwks };
    case `${base}/openid-configuration`:
      return {
        status: 200,
        body: {
          issuer,
          jwks_uri: `${issuer}/.well-known/jwks.json`,
          id_token_signing_alg_values_supported: ['RS256'],
          response_types_supported: ['code', 'token'],
          scopes_supported: ['openid', 'email', 'profile'],
          subject_types_supported: ['public'],
        },
      };
    default:
      return errorReply(404, 'ResourceNotFoundException', 'Not found');
  }
};

/** Undefined as soon as it grows beyond the limit. */
const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  // Text decoding is left to the end: a character may straddle two chunks.
  // The connection must outlive an early return, or the refusal could not be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > BODY_SIZE_MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parseJson = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const errorReply = (status: number, errorType: string, message: string): Reply => ({
  status,
  errorType,
  body: { __type: errorType, message },
});

const send = (context: PoolContext, request: IncomingMessage, response: ServerResponse, reply: Reply): void => {
  if (response.destroyed) return;
  response.writeHead(reply.status, {
    ...corsHeaders(request),
    'cache-control': 'no-store',
    'x-amzn-requestid': context.random(16).toString('hex'),
    ...(reply.body ? { 'content-type': contentType(request) } : {}),
    ...(reply.errorType ? { 'x-amzn-errortype': reply.errorType } : {}),
    ...(reply.closing ? { connection: 'close' } : {}),
  });
  response.end(reply.body && JSON.stringify(reply.body));
};

const contentType = (request: IncomingMessage): string =>
  request.method === 'GET' ? 'application/json' : 'application/x-amz-json-1.1';

/** Browsers may call from any page of this machine and from no other. */
const corsHeaders = (request: IncomingMessage): Record<string, string> => {
  const { origin } = request.headers;
  if (origin === undefined || !isLocalOrigin(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': '*',
    'access-control-expose-headers': 'x-amzn-errortype, x-amzn-requestid',
    'access-control-max-age': '600',
  };
};
