import { fail, ok } from '@fintrack/sync-core/protocol';
import type { Session, SessionError, SessionState } from '../model/services.ts';
import { createSwitchable } from './switchable.ts';

const wrongCode: SessionError = { type: 'codeWrong', message: 'wrong code' };

/** An account service where the code is always 123456 and the password `correct`; others are refused. */
export const createMemorySession = (signedInAs?: string): Session => {
  const signedIn = (email: string): SessionState => ({ type: 'signedIn', email, userId: 'user', isVerified: true });
  const state = createSwitchable<SessionState>(signedInAs ? signedIn(signedInAs) : { type: 'signedOut' });
  const checkCode = (code: string) => (code === '123456' ? ok(null) : fail(wrongCode));
  return {
    state: state.get,
    subscribe: state.subscribe,
    signUp: async (_email, password) =>
      password.length < 8 ? fail({ type: 'weakPassword', message: 'too short' }) : ok(null),
    confirmSignUp: async (_email, code) => checkCode(code),
    resendCode: async () => ok(null),
    signIn: async (email, password) => {
      if (password !== 'correct horse') return fail({ type: 'wrongPassword', message: 'wrong password' });
      state.set(signedIn(email));
      return ok({ type: 'done' });
    },
    answerSecondFactor: async (code) => (code === '123456' ? ok({ type: 'done' }) : fail(wrongCode)),
    forgotPassword: async () => ok(null),
    resetPassword: async (_email, code) => checkCode(code),
    signOut: async () => {
      state.set({ type: 'signedOut' });
      return ok(null);
    },
  };
};
