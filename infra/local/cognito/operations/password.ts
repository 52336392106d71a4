import { attemptKey, CODE_TRIES_MAX, countInWindow, isLimitReached } from '../attempts.ts';
import { allowSending, deliveryDetails, sendCode, takeCode } from '../code-delivery.ts';
import { callerOperation, clientId, clientOperation, code, password, token, username } from '../operation.ts';
import { accept, refuseLimit, refuseWrongPassword } from '../outcome.ts';
import { checkPassword } from '../password-policy.ts';
import { type PoolContext, srpIdentity } from '../pool-context.ts';
import type { User } from '../pool-state.ts';
import { object } from '../shape.ts';
import { createVerifier, isPasswordOf, SALT_SIZE_BYTES } from '../srp.ts';
import { emailOf } from '../username.ts';
import { findUserByEmail, withAttempts, withoutAttempts, withUser } from '../user-store.ts';

/** A code goes to confirmed people only, since only their address is known to be theirs; the answer is always the same. */
export const forgotPassword = clientOperation(
  object({ ClientId: clientId, Username: username }),
  async (context, { Username }) => {
    const email = emailOf(context, Username);
    const allowed = allowSending(context, 'reset-password', email);
    if (!allowed.ok) return allowed;
    const user = findUserByEmail(context.store.state, email);
    const sent = user?.status === 'CONFIRMED' ? await sendCode(context, 'reset-password', user) : accept(undefined);
    return sent.ok ? accept(deliveryDetails(email)) : sent;
  },
);

export const confirmForgotPassword = clientOperation(
  object({ ClientId: clientId, Username: username, ConfirmationCode: code, Password: password }),
  (context, { Username, ConfirmationCode, Password }) => {
    const allowed = checkPassword(Password);
    if (!allowed.ok) return allowed;
    const email = emailOf(context, Username);
    const known = findUserByEmail(context.store.state, email);
    const user = takeCode(context, 'reset-password', email, known, ConfirmationCode);
    if (!user.ok) return user;
    const reset = { ...withPassword(context, user.value, Password), resetCode: undefined };
    context.store.commit((state) => withoutAttempts(withUser(state, reset), attemptKey('sign-in', email)));
    return accept({});
  },
);

export const changePassword = callerOperation(
  object({ AccessToken: token, PreviousPassword: password, ProposedPassword: password }),
  (context, { PreviousPassword, ProposedPassword }, { user }) => {
    const key = attemptKey('change-password', user.sub);
    const nowMs = context.now();
    const before = context.store.state.attempts.get(key);
    if (isLimitReached(before, CODE_TRIES_MAX, nowMs)) return refuseLimit();
    const allowed = checkPassword(ProposedPassword);
    if (!allowed.ok) return allowed;
    if (!isPasswordOf(user.verifier, srpIdentity(context, user.sub), PreviousPassword)) {
      context.store.commit((state) => withAttempts(state, key, countInWindow(before, nowMs), nowMs));
      return refuseWrongPassword();
    }
    const changed = withPassword(context, user, ProposedPassword);
    context.store.commit((state) => withoutAttempts(withUser(state, changed), key));
    return accept({});
  },
);

const withPassword = (context: PoolContext, user: User, chosen: string): User => ({
  ...user,
  verifier: createVerifier(srpIdentity(context, user.sub), chosen, context.random(SALT_SIZE_BYTES)),
});
