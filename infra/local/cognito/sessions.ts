import { accept, type Outcome, refuse } from './outcome.ts';
import { newUuid, type PoolContext } from './pool-context.ts';
import type { Session, User } from './pool-state.ts';
import {
  ACCESS_LIFETIME_S,
  hashRefreshToken,
  REFRESH_LIFETIME_MS,
  REFRESH_TOKEN_SIZE_BYTES,
  signAccessToken,
  signIdToken,
  type TokenFacts,
} from './tokens.ts';
import { withSession } from './user-store.ts';

/** Cognito's AuthenticationResultType. */
export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly ExpiresIn: number;
  readonly TokenType: 'Bearer';
  /** Only at sign-in: a refresh token is not rotated. */
  readonly RefreshToken?: string;
}

export const startSession = (context: PoolContext, user: User): AuthenticationResult => {
  const nowMs = context.now();
  const refreshToken = context.random(REFRESH_TOKEN_SIZE_BYTES).toString('base64url');
  const session: Session = {
    originJti: newUuid(context),
    sub: user.sub,
    clientId: context.store.state.clientId,
    refreshTokenHashHex: hashRefreshToken(refreshToken),
    authTimeS: Math.floor(nowMs / 1000),
    expiresAtMs: nowMs + REFRESH_LIFETIME_MS,
    revoked: false,
  };
  context.store.commit((state) => withSession(state, session, nowMs));
  return { ...issueTokens(context, user, session), RefreshToken: refreshToken };
};

export const renewTokens = (
  context: PoolContext,
  refreshToken: string,
): Outcome<{ readonly AuthenticationResult: AuthenticationResult }> => {
  const session = findSession(context, refreshToken);
  const user = session && context.store.state.users.get(session.sub);
  if (session === undefined || user === undefined || session.clientId !== context.store.state.clientId) {
    return refuse('NotAuthorizedException', 'Invalid Refresh Token');
  }
  if (session.revoked) return refuse('NotAuthorizedException', 'Refresh Token has been revoked');
  if (context.now() >= session.expiresAtMs) return refuse('NotAuthorizedException', 'Refresh Token has expired');
  return accept({ AuthenticationResult: issueTokens(context, user, session) });
};

/** By hash, which also spares a comparison in constant time: nobody can steer the digest of a guess. */
export const findSession = (context: PoolContext, refreshToken: string): Session | undefined => {
  const hashHex = hashRefreshToken(refreshToken);
  return [...context.store.state.sessions.values()].find((session) => session.refreshTokenHashHex === hashHex);
};

const issueTokens = (context: PoolContext, user: User, session: Session): AuthenticationResult => {
  const facts: TokenFacts = {
    issuer: context.issuer,
    user,
    session,
    nowMs: context.now(),
    accessJti: newUuid(context),
    idJti: newUuid(context),
    eventId: newUuid(context),
  };
  return {
    AccessToken: signAccessToken(context.signingKey, facts),
    IdToken: signIdToken(context.signingKey, facts),
    ExpiresIn: ACCESS_LIFETIME_S,
    TokenType: 'Bearer',
  };
};
