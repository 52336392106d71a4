import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
  CognitoIdentityProviderServiceException,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import type { SpaceId } from '@fintrack/sync-core/protocol';
import { isNoAnswer } from '../no-answer.ts';
import { StoreUnavailable } from '../store-unavailable.ts';

/** Three tries of at most 3 s: a person waits for this. */
const bounds = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const satisfies CognitoIdentityProviderClientConfig;

/** Region, credentials and endpoint come from the SDK's own environment variables unless given. */
export const createUserPoolClient = (config: CognitoIdentityProviderClientConfig = {}): CognitoIdentityProviderClient =>
  new CognitoIdentityProviderClient({ ...bounds, ...config });

/**
 * Removes a person from the pool, by their `sub`; somebody who is not there is passed over. Tokens that they have stay
 * valid until they expire. Rejects with StoreUnavailable when Cognito does not answer.
 */
export const createPoolUserRemover =
  (client: CognitoIdentityProviderClient, userPoolId: string) =>
  async (sub: SpaceId): Promise<void> => {
    try {
      await client.send(new AdminDeleteUserCommand({ UserPoolId: userPoolId, Username: sub }));
    } catch (error) {
      if (error instanceof UserNotFoundException) return;
      throw error instanceof Error && isPassing(error) ? new StoreUnavailable(retryDelayMs, error) : error;
    }
  };

/** Whether the pool has a person of that `sub`. Rejects as `createPoolUserRemover` does. */
export const createPoolUserFinder =
  (client: CognitoIdentityProviderClient, userPoolId: string) =>
  async (sub: SpaceId): Promise<boolean> => {
    try {
      await client.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: sub }));
      return true;
    } catch (error) {
      if (error instanceof UserNotFoundException) return false;
      throw error instanceof Error && isPassing(error) ? new StoreUnavailable(retryDelayMs, error) : error;
    }
  };

/** Cognito's quota of such calls is counted by the second. */
const retryDelayMs = 2_000;

const isPassing = (error: Error): boolean =>
  isNoAnswer(error) ||
  error.name === 'TooManyRequestsException' ||
  (error instanceof CognitoIdentityProviderServiceException && (error.$metadata.httpStatusCode ?? 0) >= 500);
