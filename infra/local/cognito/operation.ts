import { type CognitoError, type Outcome, refuse } from './outcome.ts';
import type { PoolContext } from './pool-context.ts';
import type { Session, User } from './pool-state.ts';
import { type Shape, type ShapeProblem, text } from './shape.ts';
import { readAccessToken } from './tokens.ts';

/** One action of Cognito's API: a request body to a response body. */
export type Operation = (context: PoolContext, body: unknown) => Outcome<object> | Promise<Outcome<object>>;

/** Whose access token came with a request. */
export interface Caller {
  readonly user: User;
  readonly session: Session;
}

/** An action anyone may call who names the pool's client. */
export const clientOperation =
  <T extends { readonly ClientId: string }>(
    shape: Shape<T>,
    run: (context: PoolContext, request: T) => Outcome<object> | Promise<Outcome<object>>,
  ): Operation =>
  (context, body) => {
    const request = shape(body, '');
    if (!request.ok) return problemToRefusal(request.error);
    const { ClientId } = request.value;
    if (ClientId === context.store.state.clientId) return run(context, request.value);
    return refuse('ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
  };

/** An action that the holder of an access token calls on their own account. */
export const callerOperation =
  <T extends { readonly AccessToken: string }>(
    shape: Shape<T>,
    run: (context: PoolContext, request: T, caller: Caller) => Outcome<object>,
  ): Operation =>
  (context, body) => {
    const request = shape(body, '');
    if (!request.ok) return problemToRefusal(request.error);
    const caller = identifyCaller(context, request.value.AccessToken);
    return caller.ok ? run(context, request.value, caller.value) : caller;
  };

/** An action of whoever runs the pool; the endpoint takes it from a signed request only. */
export const adminOperation =
  <T extends { readonly UserPoolId: string }>(
    shape: Shape<T>,
    run: (context: PoolContext, request: T) => Outcome<object>,
  ): Operation =>
  (context, body) => {
    const request = shape(body, '');
    if (!request.ok) return problemToRefusal(request.error);
    const { UserPoolId } = request.value;
    if (UserPoolId === context.store.state.userPoolId) return run(context, request.value);
    return refuse('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
  };

/** Limits of the API reference; a token is bounded by what the body limit lets through. */
export const clientId = text(128);
export const username = text(128);
export const password = text(256);
export const code = text(2048);
export const token = text(16_384);

const identifyCaller = (context: PoolContext, accessToken: string): Outcome<Caller> => {
  const claims = readAccessToken(context.signingKey, context.issuer, accessToken);
  if (claims === undefined) return refuse('NotAuthorizedException', 'Invalid Access Token');
  if (context.now() >= claims.exp * 1000) return refuse('NotAuthorizedException', 'Access Token has expired');
  const user = context.store.state.users.get(claims.sub);
  if (user === undefined) return refuse('UserNotFoundException', 'User does not exist.');
  const session = context.store.state.sessions.get(claims.origin_jti);
  if (session === undefined || session.revoked) {
    return refuse('NotAuthorizedException', 'Access Token has been revoked');
  }
  return { ok: true, value: { user, session } };
};

const problemToRefusal = ({ path, reason }: ShapeProblem): { readonly ok: false; readonly error: CognitoError } => {
  if (reason === 'type') return refuse('SerializationException', `Unexpected type at '${path}'.`);
  if (reason === 'missing') return refuse('InvalidParameterException', `Missing required parameter ${path}`);
  return refuse(
    'InvalidParameterException',
    `1 validation error detected: Value at '${path}' is too short, too long or not one of the known values`,
  );
};
