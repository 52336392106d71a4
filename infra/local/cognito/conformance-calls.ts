import * as auth from 'aws-amplify/auth';

/** Whom the flow signs up; the password changes on the way. */
export interface Person {
  readonly email: string;
  password: string;
}

export const signUp = ({ email, password }: Person) =>
  auth.signUp({ username: email, password, options: { userAttributes: { email } } });
export const confirm = (email: string, code: string) => auth.confirmSignUp({ username: email, confirmationCode: code });
export const signIn = ({ email, password }: Person) => auth.signIn({ username: email, password });
export const reset = (email: string, code: string, newPassword: string) =>
  auth.confirmResetPassword({ username: email, confirmationCode: code, newPassword });

export const otherCode = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

export const tokenClaims = async () => {
  const { tokens } = await auth.fetchAuthSession();
  if (tokens?.idToken === undefined) throw new Error('nobody is signed in');
  return { access: tokens.accessToken.payload, id: tokens.idToken.payload };
};
