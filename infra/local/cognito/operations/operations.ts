import type { Operation } from '../operation.ts';
import { deleteUser, getUser, updateUserAttributes } from './account.ts';
import { adminDeleteUser, adminGetUser } from './admin.ts';
import { changePassword, confirmForgotPassword, forgotPassword } from './password.ts';
import { associateSoftwareToken, setUserMfaPreference, verifySoftwareToken } from './second-factor.ts';
import { initiateAuth, respondToAuthChallenge } from './sign-in.ts';
import { confirmSignUp, resendConfirmationCode, signUp } from './sign-up.ts';
import { getTokensFromRefreshToken, globalSignOut, revokeToken } from './tokens.ts';

/** What AWS takes from holders of its credentials alone. */
export const adminOperations: ReadonlyMap<string, Operation> = new Map([
  ['AdminDeleteUser', adminDeleteUser],
  ['AdminGetUser', adminGetUser],
]);

/** By the name behind the dot of `x-amz-target`. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['SignUp', signUp],
  ['ConfirmSignUp', confirmSignUp],
  ['ResendConfirmationCode', resendConfirmationCode],
  ['InitiateAuth', initiateAuth],
  ['RespondToAuthChallenge', respondToAuthChallenge],
  ['GetTokensFromRefreshToken', getTokensFromRefreshToken],
  ['RevokeToken', revokeToken],
  ['GlobalSignOut', globalSignOut],
  ['ForgotPassword', forgotPassword],
  ['ConfirmForgotPassword', confirmForgotPassword],
  ['ChangePassword', changePassword],
  ['GetUser', getUser],
  ['UpdateUserAttributes', updateUserAttributes],
  ['DeleteUser', deleteUser],
  ['AssociateSoftwareToken', associateSoftwareToken],
  ['VerifySoftwareToken', verifySoftwareToken],
  ['SetUserMFAPreference', setUserMfaPreference],
]);
