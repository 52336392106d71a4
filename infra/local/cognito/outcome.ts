/**
 * An expected refusal is a value. `infra` may import neither core, so the same two-sided shape as the protocol's Result
 * is named again here and used inside this folder only.
 */
export type Outcome<T, E = CognitoError> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** `name` goes on the wire as Cognito's `__type`; `message` follows Cognito's own wording wherever it has one. */
export interface CognitoError {
  readonly name: CognitoErrorName;
  readonly message: string;
}

export type CognitoErrorName =
  | 'CodeDeliveryFailureException'
  | 'CodeMismatchException'
  | 'EnableSoftwareTokenMFAException'
  | 'ExpiredCodeException'
  | 'InvalidParameterException'
  | 'InvalidPasswordException'
  | 'LimitExceededException'
  | 'NotAuthorizedException'
  | 'ResourceNotFoundException'
  | 'SerializationException'
  | 'SoftwareTokenMFANotFoundException'
  | 'UserLambdaValidationException'
  | 'UserNotConfirmedException'
  | 'UserNotFoundException'
  | 'UsernameExistsException';

export const accept = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refuse = (
  name: CognitoErrorName,
  message: string,
): { readonly ok: false; readonly error: CognitoError } => ({ ok: false, error: { name, message } });

export const refuseWrongPassword = () => refuse('NotAuthorizedException', 'Incorrect username or password.');

export const refuseLockedOut = () => refuse('NotAuthorizedException', 'Password attempts exceeded');

export const refuseLimit = () =>
  refuse('LimitExceededException', 'Attempt limit exceeded, please try after some time.');

export const refuseWrongCode = () =>
  refuse('CodeMismatchException', 'Invalid verification code provided, please try again.');

export const refuseExpiredCode = () =>
  refuse('ExpiredCodeException', 'Invalid code provided, please request a code again.');
