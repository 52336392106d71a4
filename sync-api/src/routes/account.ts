import { type AccountDeletion, fail, ok, type SpaceId } from '@fintrack/sync-core/protocol';
import { type FeedLog, type LifecycleSettings, sealSpace, type SpaceStore } from '@fintrack/sync-core/server';
import type { RouteResult, User } from './answer.ts';

export type AccountDeps = {
  readonly log: FeedLog;
  readonly spaces: Pick<SpaceStore, 'openDeletion'>;
  readonly settings: LifecycleSettings;
  /** Removes the person from the user pool; may be repeated. */
  readonly removePoolUser: (space: SpaceId) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** A device that was left open, or a stolen token, must not delete an account: whoever asks has just signed in. */
const signInAgeMsMax = 10 * 60 * 1000;
/** The user pool's clock may run ahead of the function's a little. */
const clockSkewMs = 60 * 1000;

/**
 * `DELETE /v1/account`: nothing is taken for the account from here on, and nobody can sign in to it. What it holds is
 * deleted by the materialiser, whom the seal in the log wakes. May be repeated.
 */
export const createAccountRoute =
  ({ log, spaces, settings, removePoolUser, now }: AccountDeps) =>
  async ({ space, signedInAt }: User): Promise<RouteResult> => {
    const startedAt = now();
    const ageMs = startedAt - (signedInAt ?? 0);
    if (ageMs > signInAgeMsMax || ageMs < -clockSkewMs) {
      return fail({ type: 'signInAgain', message: 'Sign in again to delete the account.' });
    }
    const sealed = await sealSpace(log, space, startedAt);
    if (!sealed.ok) return fail({ type: 'busy', message: 'too many writers at once', delayMs: 500 });
    const sealedAt = sealed.value.receivedAt;
    await spaces.openDeletion({ space, sealedAt });
    await removePoolUser(space);
    const answer: AccountDeletion = { sealedAt, restGoneAt: sealedAt + 3 * settings.functionTimeoutMs };
    return ok({ body: JSON.stringify(answer) });
  };
