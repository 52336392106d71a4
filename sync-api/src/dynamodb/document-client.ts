import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/**
 * Three tries of at most 3 s each stay far below the 29 s of a function that answers a device. A try that timed out may
 * have been written; the adapters find that out, so the SDK may retry writes as well.
 */
const bounds = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
} as const satisfies DynamoDBClientConfig;

/** Region, credentials and endpoint come from the SDK's own environment variables unless given. */
export const createDocumentClient = (config: DynamoDBClientConfig = {}): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient({ ...bounds, ...config }), {
    marshallOptions: { removeUndefinedValues: true },
  });
