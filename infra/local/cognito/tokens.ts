import { createHash, sign, verify } from 'node:crypto';
import type { Session, User } from './pool-state.ts';
import { integer, object, type ShapeOf, text } from './shape.ts';
import type { SigningKey } from './signing-key.ts';

export const ACCESS_LIFETIME_S = 60 * 60;
export const REFRESH_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
export const REFRESH_TOKEN_SIZE_BYTES = 48;

export interface TokenFacts {
  readonly issuer: string;
  readonly user: User;
  readonly session: Session;
  readonly nowMs: number;
  /** Fresh ones for this pair of tokens. */
  readonly accessJti: string;
  readonly idJti: string;
  readonly eventId: string;
}

export const signAccessToken = (key: SigningKey, facts: TokenFacts): string =>
  signJwt(key, {
    ...sharedClaims(facts),
    client_id: facts.session.clientId,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
    jti: facts.accessJti,
    username: facts.user.sub,
  });

export const signIdToken = (key: SigningKey, facts: TokenFacts): string => {
  const { user, session } = facts;
  return signJwt(key, {
    ...sharedClaims(facts),
    aud: session.clientId,
    token_use: 'id',
    jti: facts.idJti,
    'cognito:username': user.sub,
    email: user.email,
    email_verified: user.status === 'CONFIRMED',
    ...(user.name === undefined ? {} : { name: user.name }),
    ...(user.locale === undefined ? {} : { locale: user.locale }),
    ...(user.zoneinfo === undefined ? {} : { zoneinfo: user.zoneinfo }),
  });
};

const accessClaims = object({
  sub: text(36),
  iss: text(2048),
  client_id: text(128),
  token_use: text(16),
  origin_jti: text(36),
  exp: integer,
});

export type AccessClaims = ShapeOf<typeof accessClaims>;

/** The claims of an access token this key signed, whatever its age; undefined for anything else. */
export const readAccessToken = (key: SigningKey, issuer: string, token: string): AccessClaims | undefined => {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const signed = Buffer.from(`${header}.${payload}`);
  // The algorithm is fixed here and never read from the header.
  if (!verify('sha256', signed, key.publicKey, Buffer.from(signature, 'base64url'))) return undefined;
  const claims = accessClaims(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')), '');
  return claims.ok && claims.value.token_use === 'access' && claims.value.iss === issuer ? claims.value : undefined;
};

export const hashRefreshToken = (token: string): string => createHash('sha256').update(token).digest('hex');

const sharedClaims = ({ issuer, user, session, nowMs, eventId }: TokenFacts) => {
  const issuedAtS = Math.floor(nowMs / 1000);
  return {
    sub: user.sub,
    iss: issuer,
    origin_jti: session.originJti,
    event_id: eventId,
    auth_time: session.authTimeS,
    iat: issuedAtS,
    exp: issuedAtS + ACCESS_LIFETIME_S,
  };
};

const signJwt = (key: SigningKey, claims: Readonly<Record<string, unknown>>): string => {
  const signed = `${encode({ kid: key.keyId, alg: 'RS256' })}.${encode(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key.privateKey).toString('base64url')}`;
};

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
