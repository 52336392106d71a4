import { Amplify } from 'aws-amplify';
import * as auth from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import type { SignInStep } from '../model/services.ts';
import type { Config } from './config.ts';
import type { KeyValueStore } from './key-value-store.ts';
import { toSessionError } from './session-error.ts';

/** The account's calls to Cognito; what they throw, `toError` reads. This module is large: loaded on first need. */
export type CognitoAccount = ReturnType<typeof createCognitoAccount>;

export type SignedIn = { readonly userId: string; readonly accessToken: string };

/** Amplify keeps one configuration a page: to be called once. */
export const createCognitoAccount = (
  { userPoolId, userPoolClientId, userPoolEndpoint }: Config,
  tokens: KeyValueStore,
) => {
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId,
        loginWith: { email: true },
        ...(userPoolEndpoint === undefined ? {} : { userPoolEndpoint }),
      },
    },
  });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(tokens);
  return {
    signUp: async (username: string, password: string, name: string): Promise<void> => {
      const userAttributes = name === '' ? { email: username } : { email: username, name };
      await auth.signUp({ username, password, options: { userAttributes } });
    },
    confirmSignUp: async (username: string, confirmationCode: string): Promise<void> =>
      void (await auth.confirmSignUp({ username, confirmationCode })),
    resendCode: async (username: string): Promise<void> => void (await auth.resendSignUpCode({ username })),
    signIn: async (username: string, password: string): Promise<SignInStep> => {
      // Amplify refuses while it still holds another session, as one whose tokens were never given up.
      await auth.signOut();
      return toStep(await auth.signIn({ username, password }));
    },
    answerSecondFactor: async (challengeResponse: string): Promise<SignInStep> =>
      toStep(await auth.confirmSignIn({ challengeResponse })),
    forgotPassword: async (username: string): Promise<void> => void (await auth.resetPassword({ username })),
    resetPassword: (username: string, confirmationCode: string, newPassword: string): Promise<void> =>
      auth.confirmResetPassword({ username, confirmationCode, newPassword }),
    /** On this device only. */
    signOut: (): Promise<void> => auth.signOut(),
    toError: toSessionError,
    /** Nothing when the person has to sign in again. */
    signedIn: async (forceRefresh: boolean): Promise<SignedIn | undefined> => {
      const { tokens } = await auth.fetchAuthSession({ forceRefresh });
      const userId = tokens?.accessToken.payload.sub;
      return tokens && userId !== undefined ? { userId, accessToken: tokens.accessToken.toString() } : undefined;
    },
  };
};

const toStep = ({ nextStep }: Awaited<ReturnType<typeof auth.signIn>>): SignInStep => {
  const { signInStep } = nextStep;
  if (signInStep === 'DONE') return { type: 'done' };
  if (signInStep === 'CONFIRM_SIGN_UP') return { type: 'confirmSignUp' };
  if (signInStep === 'CONFIRM_SIGN_IN_WITH_TOTP_CODE' || signInStep === 'CONFIRM_SIGN_IN_WITH_SMS_CODE')
    return { type: 'secondFactor' };
  throw new Error(`this app does not know the sign-in step ${signInStep}`);
};
