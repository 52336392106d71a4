import { attemptKey, CODE_SENDS_MAX, CODE_TRIES_MAX, countInWindow, isLimitReached } from './attempts.ts';
import { type CodePurpose, issueCode, matchCode } from './codes.ts';
import { composeCodeMail, maskEmail } from './mail.ts';
import { accept, type Outcome, refuse, refuseExpiredCode, refuseLimit, refuseWrongCode } from './outcome.ts';
import type { PoolContext } from './pool-context.ts';
import type { User } from './pool-state.ts';
import { withAttempts, withoutAttempts, withUser } from './user-store.ts';

/** What Cognito answers about a code on its way; the same for people who do not exist. */
export const deliveryDetails = (email: string): object => ({
  CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: maskEmail(email) },
});

/** Counts one sending for the address, whoever it belongs to, or refuses when it was asked for too often. */
export const allowSending = (context: PoolContext, purpose: CodePurpose, email: string): Outcome<void> => {
  const key = attemptKey(purpose === 'sign-up' ? 'send-sign-up' : 'send-reset', email);
  const nowMs = context.now();
  const before = context.store.state.attempts.get(key);
  if (isLimitReached(before, CODE_SENDS_MAX, nowMs)) return refuseLimit();
  context.store.commit((state) => withAttempts(state, key, countInWindow(before, nowMs), nowMs));
  return accept(undefined);
};

/** A new code, which replaces the one before it, stored first and then handed to the mailbox. */
export const sendCode = async (context: PoolContext, purpose: CodePurpose, user: User): Promise<Outcome<void>> => {
  const nowMs = context.now();
  const { code, stored } = issueCode(codeOwner(context, purpose, user), context.random, nowMs);
  const slot = purpose === 'sign-up' ? { signUpCode: stored } : { resetCode: stored };
  context.store.commit((state) => withUser(state, { ...user, ...slot }));
  try {
    await context.deliver(composeCodeMail(purpose, user.email, code, nowMs));
    return accept(undefined);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse('CodeDeliveryFailureException', `The code could not be delivered: ${reason}`);
  }
};

/** Checks a code that came for this address; wrong ones count, and the limit holds even against the right one. */
export const takeCode = (
  context: PoolContext,
  purpose: CodePurpose,
  email: string,
  user: User | undefined,
  given: string,
): Outcome<User> => {
  const key = attemptKey(purpose === 'sign-up' ? 'confirm-sign-up' : 'confirm-reset', email);
  const nowMs = context.now();
  const before = context.store.state.attempts.get(key);
  if (isLimitReached(before, CODE_TRIES_MAX, nowMs)) return refuseLimit();
  const stored = purpose === 'sign-up' ? user?.signUpCode : user?.resetCode;
  const verdict = user ? matchCode(codeOwner(context, purpose, user), stored, given, nowMs) : 'mismatch';
  if (user !== undefined && verdict === 'match') {
    context.store.commit((state) => withoutAttempts(state, key));
    return accept(user);
  }
  context.store.commit((state) => withAttempts(state, key, countInWindow(before, nowMs), nowMs));
  return verdict === 'expired' ? refuseExpiredCode() : refuseWrongCode();
};

const codeOwner = (context: PoolContext, purpose: CodePurpose, user: User) => ({
  purpose,
  sub: user.sub,
  secretHex: context.store.state.secretHex,
});
