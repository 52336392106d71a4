import { hkdfSync } from 'node:crypto';
import { attemptKey, type AttemptKind, countFailure, countTurnedAway, isLockedOut } from '../attempts.ts';
import type { PasswordChallenge, SecondFactorChallenge } from '../challenges.ts';
import { clientId, clientOperation, code, token, username } from '../operation.ts';
import { accept, type Outcome, refuse, refuseLockedOut, refuseWrongPassword } from '../outcome.ts';
import { type PoolContext, srpIdentity } from '../pool-context.ts';
import type { User } from '../pool-state.ts';
import { callPostConfirmation } from '../post-confirmation.ts';
import { bytesToUuid } from '../random.ts';
import { renewTokens, startSession } from '../sessions.ts';
import { maybe, object, oneOf, text } from '../shape.ts';
import {
  isClaimProven,
  openExchange,
  PRIVATE_SIZE_BYTES,
  readClientPublic,
  SALT_SIZE_BYTES,
  saltToHex,
  VERIFIER_SIZE_BYTES,
} from '../srp.ts';
import { matchTotp } from '../totp.ts';
import { emailOf } from '../username.ts';
import { findUserByEmail, withAttempts, withoutAttempts, withUser } from '../user-store.ts';

export const initiateAuth = clientOperation(
  object({
    ClientId: clientId,
    AuthFlow: text(64),
    AuthParameters: object({
      USERNAME: maybe(username),
      SRP_A: maybe(text(2048)),
      REFRESH_TOKEN: maybe(token),
    }),
  }),
  (context, { AuthFlow, AuthParameters: { USERNAME, SRP_A, REFRESH_TOKEN } }) => {
    switch (AuthFlow) {
      case 'USER_SRP_AUTH':
        if (USERNAME === undefined) return refuseMissing('USERNAME');
        return SRP_A === undefined ? refuseMissing('SRP_A') : challengePassword(context, USERNAME, SRP_A);
      case 'REFRESH_TOKEN':
      case 'REFRESH_TOKEN_AUTH':
        return REFRESH_TOKEN === undefined ? refuseMissing('REFRESH_TOKEN') : renewTokens(context, REFRESH_TOKEN);
      default:
        return refuse('InvalidParameterException', `${AuthFlow} flow not enabled for this client`);
    }
  },
);

export const respondToAuthChallenge = clientOperation(
  object({
    ClientId: clientId,
    ChallengeName: oneOf('PASSWORD_VERIFIER', 'SOFTWARE_TOKEN_MFA'),
    Session: maybe(token),
    ChallengeResponses: object({
      PASSWORD_CLAIM_SECRET_BLOCK: maybe(text(2048)),
      PASSWORD_CLAIM_SIGNATURE: maybe(text(256)),
      TIMESTAMP: maybe(text(64)),
      SOFTWARE_TOKEN_MFA_CODE: maybe(code),
    }),
  }),
  (context, { ChallengeName, Session, ChallengeResponses: given }) => {
    if (ChallengeName === 'SOFTWARE_TOKEN_MFA') {
      if (Session === undefined) return refuseMissing('Session');
      if (given.SOFTWARE_TOKEN_MFA_CODE === undefined) return refuseMissing('SOFTWARE_TOKEN_MFA_CODE');
      return answerSecondFactor(context, Session, given.SOFTWARE_TOKEN_MFA_CODE);
    }
    const secretBlock = given.PASSWORD_CLAIM_SECRET_BLOCK;
    const signature = given.PASSWORD_CLAIM_SIGNATURE;
    if (secretBlock === undefined) return refuseMissing('PASSWORD_CLAIM_SECRET_BLOCK');
    if (signature === undefined) return refuseMissing('PASSWORD_CLAIM_SIGNATURE');
    if (given.TIMESTAMP === undefined) return refuseMissing('TIMESTAMP');
    return answerPassword(context, { secretBlock, signature, timestamp: given.TIMESTAMP });
  },
);

const SECRET_BLOCK_SIZE_BYTES = 64;
const SECOND_FACTOR_TRIES_MAX = 5;

const challengePassword = (context: PoolContext, userName: string, clientPublicHex: string): Outcome<object> => {
  const clientPublic = readClientPublic(clientPublicHex);
  if (clientPublic === undefined) return refuse('InvalidParameterException', 'Invalid SRP_A');
  const email = emailOf(context, userName);
  const open = checkLock(context, 'sign-in', email);
  if (!open.ok) return open;
  const user = findUserByEmail(context.store.state, email) ?? phantomUser(context, email);
  const exchange = openExchange(user.verifier.verifierHex, clientPublic, context.random(PRIVATE_SIZE_BYTES));
  const secretBlock = context.random(SECRET_BLOCK_SIZE_BYTES).toString('base64');
  context.challenges.open(secretBlock, { kind: 'password', sub: user.sub, email, exchange }, context.now());
  return accept({
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: user.verifier.saltHex,
      SECRET_BLOCK: secretBlock,
      SRP_B: exchange.serverPublic.toString(16),
      USERNAME: user.sub,
      USER_ID_FOR_SRP: user.sub,
    },
  });
};

/**
 * Stands in for people who do not exist: always the same for one address, and as quick to make as a real one is to look
 * up. Its verifier belongs to no password.
 */
const phantomUser = (context: PoolContext, email: string): Pick<User, 'sub' | 'verifier'> => {
  const derive = (what: string, sizeBytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', Buffer.from(context.store.state.secretHex, 'hex'), email, what, sizeBytes));
  const saltHex = saltToHex(derive('salt', SALT_SIZE_BYTES));
  const verifierHex = derive('verifier', VERIFIER_SIZE_BYTES).toString('hex');
  return { sub: bytesToUuid(derive('sub', 16)), verifier: { saltHex, verifierHex } };
};

interface PasswordAnswer {
  readonly secretBlock: string;
  readonly signature: string;
  readonly timestamp: string;
}

const answerPassword = async (context: PoolContext, answer: PasswordAnswer): Promise<Outcome<object>> => {
  const challenge = context.challenges.take(answer.secretBlock, context.now());
  if (challenge?.kind !== 'password') return refuseWrongPassword();
  const open = checkLock(context, 'sign-in', challenge.email);
  if (!open.ok) return open;
  const user = context.store.state.users.get(challenge.sub);
  const proven = isPasswordProven(context, challenge, answer);
  if (!proven || user === undefined) {
    recordFailure(context, 'sign-in', challenge.email);
    return refuseWrongPassword();
  }
  forgetFailures(context, 'sign-in', challenge.email);
  if (user.status !== 'CONFIRMED') return refuse('UserNotConfirmedException', 'User is not confirmed.');
  return user.totp?.required ? challengeSecondFactor(context, user) : completeSignIn(context, user);
};

const isPasswordProven = (context: PoolContext, challenge: PasswordChallenge, answer: PasswordAnswer): boolean =>
  isClaimProven(challenge.exchange, {
    ...srpIdentity(context, challenge.sub),
    secretBlock: Buffer.from(answer.secretBlock, 'base64'),
    timestamp: answer.timestamp,
    signature: Buffer.from(answer.signature, 'base64'),
  });

const challengeSecondFactor = ({ challenges, random, now }: PoolContext, user: User): Outcome<object> => {
  const handle = random(SECRET_BLOCK_SIZE_BYTES).toString('base64url');
  const { sub, email } = user;
  challenges.open(handle, { kind: 'second-factor', sub, email, triesLeft: SECOND_FACTOR_TRIES_MAX }, now());
  return accept({
    ChallengeName: 'SOFTWARE_TOKEN_MFA',
    Session: handle,
    ChallengeParameters: { USER_ID_FOR_SRP: sub },
  });
};

const answerSecondFactor = async (context: PoolContext, handle: string, given: string): Promise<Outcome<object>> => {
  const nowMs = context.now();
  const challenge = context.challenges.take(handle, nowMs);
  const user = challenge && context.store.state.users.get(challenge.sub);
  if (challenge?.kind !== 'second-factor' || user?.totp === undefined) {
    return refuse('NotAuthorizedException', 'Invalid session for the user.');
  }
  const open = checkLock(context, 'second-factor', user.sub);
  if (!open.ok) {
    context.challenges.open(handle, challenge, nowMs);
    return open;
  }
  const step = matchTotp(Buffer.from(user.totp.secretHex, 'hex'), given, nowMs);
  if (step === undefined || step <= user.totp.stepUsed) {
    recordFailure(context, 'second-factor', user.sub);
    allowAnotherTry(context, handle, challenge);
    return step === undefined
      ? refuse('CodeMismatchException', 'Invalid code received for user')
      : refuse('ExpiredCodeException', 'Your software token has already been used once.');
  }
  forgetFailures(context, 'second-factor', user.sub);
  const used: User = { ...user, totp: { ...user.totp, stepUsed: step } };
  context.store.commit((state) => withUser(state, used));
  return completeSignIn(context, used);
};

const allowAnotherTry = (context: PoolContext, handle: string, challenge: SecondFactorChallenge): void => {
  const triesLeft = challenge.triesLeft - 1;
  if (triesLeft > 0) context.challenges.open(handle, { ...challenge, triesLeft }, context.now());
};

const completeSignIn = async (context: PoolContext, user: User): Promise<Outcome<object>> => {
  // A trigger that still fails is reported at confirmation only; signing in goes on, as in the real pool.
  await callPostConfirmation(context, user.sub);
  return accept({ AuthenticationResult: startSession(context, user), ChallengeParameters: {} });
};

const checkLock = (context: PoolContext, kind: AttemptKind, person: string): Outcome<void> => {
  const key = attemptKey(kind, person);
  const attempts = context.store.state.attempts.get(key);
  const nowMs = context.now();
  if (attempts === undefined || !isLockedOut(attempts, nowMs)) return accept(undefined);
  context.store.commit((state) => withAttempts(state, key, countTurnedAway(attempts, nowMs), nowMs));
  return refuseLockedOut();
};

const recordFailure = (context: PoolContext, kind: AttemptKind, person: string): void => {
  const key = attemptKey(kind, person);
  const nowMs = context.now();
  const attempts = countFailure(context.store.state.attempts.get(key), nowMs);
  context.store.commit((state) => withAttempts(state, key, attempts, nowMs));
};

const forgetFailures = (context: PoolContext, kind: AttemptKind, person: string): void => {
  const key = attemptKey(kind, person);
  if (context.store.state.attempts.has(key)) context.store.commit((state) => withoutAttempts(state, key));
};

const refuseMissing = (parameter: string) =>
  refuse('InvalidParameterException', `Missing required parameter ${parameter}`);
