import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Three tries of at most 2 s each: the four calls of a push in a row stay below the 29 s of its function, whatever they
 * meet. A try that timed out may have been written; the adapters find that out, so the SDK may retry writes as well.
 */
const bounds = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
} as const satisfies DynamoDBClientConfig;

/** For Cognito's triggers, which have 5 s. */
export const triggerBounds = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_500, throwOnRequestTimeout: true },
} as const satisfies DynamoDBClientConfig;

/** Region, credentials and endpoint come from the SDK's own environment variables unless given. */
export const createDocumentClient = (config: DynamoDBClientConfig = {}): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ ...bounds, ...config }), {
    marshallOptions: { removeUndefinedValues: true },
  });
