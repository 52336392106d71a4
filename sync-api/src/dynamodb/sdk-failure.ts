import { ConditionalCheckFailedException, DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isNoAnswer } from '../no-answer.ts';
import { StoreUnavailable } from '../store-unavailable.ts';

export type SdkFailure =
  /** `item` is what stands there, where the request asked for it. Nothing was written by this try. */
  | { readonly type: 'conditionFailed'; readonly item: Record<string, unknown> | undefined }
  /** Refused before anything was written. */
  | { readonly type: 'throttled' }
  /** Over DynamoDB's 400 KB; nothing was written. */
  | { readonly type: 'itemTooLarge' }
  /** No answer, or a 5xx: a write may or may not have happened. */
  | { readonly type: 'ambiguous' };

/** Before a device or a poke tries again; the SDK has backed off twice already. */
export const unavailableDelayMs = 1_000;

const throttlingNames: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** What an error of the SDK means; nothing for one that no retry mends, such as a missing permission. */
export const failureOf = (error: unknown): SdkFailure | undefined => {
  if (error instanceof ConditionalCheckFailedException) {
    // The document client leaves the item of an exception in DynamoDB's own notation.
    return { type: 'conditionFailed', item: error.Item && unmarshall(error.Item) };
  }
  if (!(error instanceof Error)) return undefined;
  if (throttlingNames.has(error.name)) return { type: 'throttled' };
  if (error.name === 'ValidationException' && error.message.includes('Item size')) return { type: 'itemTooLarge' };
  if (isNoAnswer(error)) return { type: 'ambiguous' };
  return error instanceof DynamoDBServiceException && isServerFault(error) ? { type: 'ambiguous' } : undefined;
};

const isServerFault = (error: DynamoDBServiceException): boolean =>
  error.$fault === 'server' || (error.$metadata.httpStatusCode ?? 0) >= 500;

/** For reads, and for conditional writes that may be repeated: rejects with StoreUnavailable where a later try may succeed. */
export const orUnavailable = async <T>(attempt: Promise<T>): Promise<T> => {
  try {
    return await attempt;
  } catch (error) {
    const type = failureOf(error)?.type;
    throw type === 'throttled' || type === 'ambiguous' ? new StoreUnavailable(unavailableDelayMs, error) : error;
  }
};

/** Whether the write's condition held. */
export const conditionHolds = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await orUnavailable(write);
    return true;
  } catch (error) {
    if (failureOf(error)?.type === 'conditionFailed') return false;
    throw error;
  }
};
