import { NoSuchKey, S3ServiceException } from '@aws-sdk/client-s3';
import { isNoAnswer } from '../no-answer.ts';
import { StoreUnavailable } from '../store-unavailable.ts';

/** Before a device or a poke tries again; the SDK has backed off twice already. */
const delayMs = 1_000;

const throttlingNames: ReadonlySet<string> = new Set(['SlowDown', 'ThrottlingException']);

export const isMissing = (error: unknown): boolean => error instanceof NoSuchKey;

/** Every call may be repeated. Rejects with StoreUnavailable where a later try may succeed. */
export const orUnavailable = async <T>(attempt: Promise<T>): Promise<T> => {
  try {
    return await attempt;
  } catch (error) {
    throw error instanceof Error && isPassing(error) ? new StoreUnavailable(delayMs, error) : error;
  }
};

const isPassing = (error: Error): boolean =>
  isNoAnswer(error) ||
  throttlingNames.has(error.name) ||
  (error instanceof S3ServiceException && (error.$metadata.httpStatusCode ?? 0) >= 500);
