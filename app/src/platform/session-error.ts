import type { SessionError, SessionErrorType } from '../model/services.ts';

/** Cognito's and Amplify's error names, in this app's words. */
const types: Readonly<Record<string, SessionErrorType>> = {
  NotAuthorizedException: 'wrongPassword',
  UserNotFoundException: 'wrongPassword',
  EmptySignInPassword: 'wrongPassword',
  UsernameExistsException: 'userExists',
  AliasExistsException: 'userExists',
  UserNotConfirmedException: 'notConfirmed',
  CodeMismatchException: 'codeWrong',
  EmptyConfirmSignUpCode: 'codeWrong',
  EmptyConfirmResetPasswordConfirmationCode: 'codeWrong',
  EmptyChallengeResponse: 'codeWrong',
  ExpiredCodeException: 'codeExpired',
  LimitExceededException: 'tooManyTries',
  TooManyRequestsException: 'tooManyTries',
  TooManyFailedAttemptsException: 'tooManyTries',
  InvalidPasswordException: 'weakPassword',
  EmptySignUpPassword: 'weakPassword',
  EmptyConfirmResetPasswordNewPassword: 'weakPassword',
  EmptySignInUsername: 'badEmail',
  EmptySignUpUsername: 'badEmail',
  EmptyResetPasswordUsername: 'badEmail',
  NetworkError: 'unreachable',
};

/** Translates whatever an account call threw. */
export const toSessionError = (error: unknown): SessionError => {
  if (!(error instanceof Error)) return { type: 'other', message: String(error) };
  return { type: typeOf(error), message: error.message };
};

const typeOf = ({ name, message }: Error): SessionErrorType => {
  if (name === 'NotAuthorizedException' && /attempts exceeded/i.test(message)) return 'tooManyTries';
  // Of a code that was taken before, as by a press whose answer was lost, and of asking for another then.
  if (/current status is confirmed|already confirmed/i.test(message)) return 'alreadyConfirmed';
  // One name for whatever is wrong with what was typed; only its text says which.
  if (name === 'InvalidParameterException')
    return /password/i.test(message) ? 'weakPassword' : /email|user/i.test(message) ? 'badEmail' : 'other';
  return types[name] ?? 'other';
};
