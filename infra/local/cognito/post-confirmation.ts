import { userAttributes } from './attributes.ts';
import { accept, type Outcome, refuse } from './outcome.ts';
import type { ConfirmedUser, PoolContext } from './pool-context.ts';
import { withUser } from './user-store.ts';

/** Cognito calls a trigger up to three times before it gives up. */
export const TRIGGER_TRIES_MAX = 3;

/**
 * Calls the trigger for a confirmed person for whom it has not succeeded yet. Failing leaves it owed, and it is tried
 * again at the next sign-in. Real Cognito does not do that; here a killed process would otherwise leave a person
 * without the row that the trigger writes.
 */
export const callPostConfirmation = async (context: PoolContext, sub: string): Promise<Outcome<void>> => {
  const user = context.store.state.users.get(sub);
  if (user === undefined || !user.postConfirmationOwed) return accept(undefined);
  const confirmed: ConfirmedUser = {
    userPoolId: context.store.state.userPoolId,
    userName: sub,
    userAttributes: { ...userAttributes(user), 'cognito:user_status': user.status },
  };
  const reason = await tryTrigger(context, confirmed);
  if (reason !== undefined) {
    return refuse('UserLambdaValidationException', `PostConfirmation failed with error ${reason}.`);
  }
  context.store.commit((state) => {
    const latest = state.users.get(sub);
    return latest === undefined ? state : withUser(state, { ...latest, postConfirmationOwed: false });
  });
  return accept(undefined);
};

/** The last failure's message, or undefined once a try has succeeded. */
const tryTrigger = async (context: PoolContext, confirmed: ConfirmedUser): Promise<string | undefined> => {
  let reason: string | undefined;
  for (let tries = 0; tries < TRIGGER_TRIES_MAX; tries += 1) {
    try {
      await context.onConfirmed?.(confirmed);
      return undefined;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return reason;
};
