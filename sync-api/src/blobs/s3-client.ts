import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

/** A part is some hundred kilobytes packed; three tries of at most 5 s stay below the 29 s of a function that answers. */
const bounds = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
} as const satisfies S3ClientConfig;

/** Region and credentials come from the SDK's own environment variables unless given. */
export const createS3Client = (config: S3ClientConfig = {}): S3Client => new S3Client({ ...bounds, ...config });
