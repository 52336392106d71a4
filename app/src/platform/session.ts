import { fail, ok, type Result } from '@fintrack/sync-core/protocol';
import type { Session, SessionError, SessionState, SignInStep } from '../model/services.ts';
import type { AccessToken, GetAccessToken } from '../model/access-token.ts';
import type { CognitoAccount } from './cognito-account.ts';
import type { KeyValueStore } from './key-value-store.ts';
import { createRememberedUser } from './remembered-user.ts';

export type SessionDeps = {
  readonly storage: Storage;
  /** Loads what talks to Cognito; nothing while its address is not known. Rejects if the part cannot be had. */
  readonly loadAccount: () => Promise<CognitoAccount | undefined>;
  /** Where the tokens live: IndexedDB, not localStorage, so that a service worker can sync too [D6]. */
  readonly tokens: KeyValueStore;
  /** Two tabs must not renew one token at once: the second would offer one that was used up. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
};

export type AccountSession = Session & {
  readonly accessToken: GetAccessToken;
};

/**
 * Who is signed in, remembered on this device: it opens the account's ledger with no network and no Cognito [D7]. That
 * the account still lets this device in shows when a token is asked for.
 */
export const createSession = (deps: SessionDeps): AccountSession => {
  const user = createRememberedUser(deps.storage, deps.tokens);
  let secondFactorEmail = '';

  const call = async <T>(work: (account: CognitoAccount) => Promise<T>): Promise<Result<T, SessionError>> => {
    const account = await deps.loadAccount().catch(() => undefined);
    if (!account) return fail({ type: 'unreachable', message: 'what talks to the account service cannot be loaded' });
    try {
      return ok(await work(account));
    } catch (error) {
      return fail(account.toError(error));
    }
  };
  const callFor = async (work: (account: CognitoAccount) => Promise<void>): Promise<Result<null, SessionError>> => {
    const done = await call(work);
    return done.ok ? ok(null) : done;
  };
  /** Takes a step of signing in, and remembers the person after the last. */
  const signInBy = (email: string, take: (account: CognitoAccount) => Promise<SignInStep>) =>
    call(async (account) => {
      const step = await take(account);
      secondFactorEmail = email;
      if (step.type !== 'done') return step;
      const signedIn = await account.signedIn(false);
      if (!signedIn) throw new Error('signed in without a token');
      await user.remember({ userId: signedIn.userId, email });
      user.setVerified(true);
      return step;
    });

  return {
    state: () => user.state(),
    subscribe: (onChange) => user.subscribe(onChange),
    signUp: (email, password, name) => callFor((account) => account.signUp(email, password, name)),
    confirmSignUp: async (email, code) => {
      const confirmed = await callFor((account) => account.confirmSignUp(email, code));
      return !confirmed.ok && confirmed.error.type === 'alreadyConfirmed' ? ok(null) : confirmed;
    },
    resendCode: (email) => callFor((account) => account.resendCode(email)),
    signIn: (email, password) => signInBy(email, (account) => account.signIn(email, password)),
    answerSecondFactor: (code) => signInBy(secondFactorEmail, (account) => account.answerSecondFactor(code)),
    forgotPassword: (email) => callFor((account) => account.forgotPassword(email)),
    resetPassword: (email, code, password) => callFor((account) => account.resetPassword(email, code, password)),
    signOut: () =>
      // Not while a token is being renewed, which would then stay when the others are gone.
      deps.exclusively(async () => {
        // Only so that the server hears of it; without a network the tokens are dropped here all the same.
        await callFor((account) => account.signOut());
        try {
          await deps.tokens.clear();
        } catch (error) {
          return fail({ type: 'other', message: error instanceof Error ? error.message : String(error) });
        }
        user.forget();
        return ok(null);
      }),
    accessToken: ({ isRefused }) =>
      deps.exclusively(async () => {
        const token = await tokenFor(user.state(), await call((account) => account.signedIn(isRefused)));
        user.setVerified(token.type === 'token');
        return token;
      }),
  };
};

/** Only a token of the account whose ledger is open will do. */
const tokenFor = async (
  state: SessionState,
  signedIn: Result<Awaited<ReturnType<CognitoAccount['signedIn']>>, SessionError>,
): Promise<AccessToken> => {
  if (state.type !== 'signedIn') return { type: 'signInNeeded' };
  if (!signedIn.ok) return { type: signedIn.error.type === 'wrongPassword' ? 'signInNeeded' : 'unreachable' };
  if (signedIn.value?.userId !== state.userId) return { type: 'signInNeeded' };
  return { type: 'token', token: signedIn.value.accessToken };
};
