import { JwtRsaVerifier } from 'aws-jwt-verify';
import {
  JwtExpiredError,
  JwtInvalidAudienceError,
  JwtInvalidIssuerError,
  JwtNotBeforeError,
} from 'aws-jwt-verify/error';
import { type Jwks, SimpleJwksCache } from 'aws-jwt-verify/jwk';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';

export interface JwtAuthorizerOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** Asked for at the first token, and again when a token names a key that is not among those known. */
  readonly loadJwks: () => Promise<Jwks>;
}

/** Every claim as text, as a handler gets them: numbers and booleans spelled, lists as `[a b]`. */
export type Claims = Readonly<Record<string, string>>;

export type Authorization =
  | { readonly type: 'authorized'; readonly claims: Claims }
  | { readonly type: 'no-token' }
  | { readonly type: 'invalid-token'; readonly reason: string };

/** Takes the `Authorization` header. */
export type Authorize = (authorization: string | undefined) => Promise<Authorization>;

/**
 * The checks of an HTTP API's JWT authorizer: RSA signature by a key of the issuer, `iss`, `aud` (or `client_id` where
 * there is none, as in Cognito's access tokens), `exp`, `nbf` and `iat`, with no leeway for clocks that differ.
 * Which use a token was made for (`token_use`) it does not look at: that is left to the handlers, here as there.
 */
export function createJwtAuthorizer({ issuer, clientId, loadJwks }: JwtAuthorizerOptions): Authorize {
  const fetcher = { fetch: async () => bytesOf(await loadJwks()) };
  const verifier = JwtRsaVerifier.create(
    {
      issuer,
      // The library's own check knows `aud` only.
      audience: null,
      // Only a name for the cache: the fetcher above loads them.
      jwksUri: `${issuer}/.well-known/jwks.json`,
      customJwtCheck: ({ payload }) => {
        requireAudience(payload, clientId);
        requireTimes(payload);
      },
    },
    { jwksCache: new SimpleJwksCache({ fetcher }) },
  );
  return async (authorization) => {
    const token = (authorization ?? '').replace(/^Bearer(\s+|$)/i, '').trim();
    if (token === '') return { type: 'no-token' };
    try {
      return { type: 'authorized', claims: toClaims(await verifier.verify(token)) };
    } catch (error) {
      return { type: 'invalid-token', reason: describe(error) };
    }
  };
}

function requireAudience({ aud, client_id: ofClient }: JwtPayload, clientId: string): void {
  const audiences = [aud ?? ofClient].flat();
  if (!audiences.includes(clientId)) throw new JwtInvalidAudienceError('another audience', aud, clientId);
}

/** What the library lets pass: a token that never expires, and one that was issued in the future. */
function requireTimes({ exp, iat }: JwtPayload): void {
  if (exp === undefined) throw new Error('no exp');
  if (iat !== undefined && iat > Date.now() / 1000) throw new JwtNotBeforeError('issued in the future', iat);
}

function toClaims(payload: JwtPayload): Claims {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function describe(error: unknown): string {
  if (error instanceof JwtExpiredError) return 'the token has expired';
  if (error instanceof JwtNotBeforeError) return 'the token is not valid yet';
  if (error instanceof JwtInvalidIssuerError) return 'the token is of another issuer';
  if (error instanceof JwtInvalidAudienceError) return 'the token is for another audience';
  return 'the token is not valid';
}

function bytesOf(jwks: Jwks): ArrayBuffer {
  return new Uint8Array(new TextEncoder().encode(JSON.stringify(jwks))).buffer;
}
