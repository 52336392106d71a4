import { setTimeout as delay } from 'node:timers/promises';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { StoreUnavailable } from '../store-unavailable.ts';
import type { Place } from './row-item.ts';
import { orUnavailable, unavailableDelayMs } from './sdk-failure.ts';

/** DynamoDB's own limit. */
export const keysPerBatchMax = 100;
/** Keys left over are asked for again after 25, 50, 100, ... ms. */
const batchTriesMax = 8;
const firstRetryMs = 25;

type Requests = NonNullable<BatchGetCommandInput['RequestItems']>;
type Item = Readonly<Record<string, unknown>>;

/** The items there are of at most `keysPerBatchMax` places, by table, in any order; strongly consistent. */
export const batchGet = async (
  client: DynamoDBDocumentClient,
  places: readonly Place[],
  attributes?: readonly string[],
): Promise<ReadonlyMap<string, readonly Item[]>> => {
  const found = new Map<string, readonly Item[]>();
  let wanted = requestsFor(places, attributes);
  for (let tries = 0; tries < batchTriesMax; tries++) {
    if (tries > 0) await delay(firstRetryMs * 2 ** (tries - 1));
    const read = new BatchGetCommand({ RequestItems: wanted });
    const answer: BatchGetCommandOutput = await orUnavailable(client.send(read));
    for (const [tableName, items] of Object.entries(answer.Responses ?? {})) {
      found.set(tableName, [...(found.get(tableName) ?? []), ...items]);
    }
    wanted = answer.UnprocessedKeys ?? {};
    if (Object.keys(wanted).length === 0) return found;
  }
  throw new StoreUnavailable(unavailableDelayMs, new Error('keys stayed unprocessed'));
};

const requestsFor = (places: readonly Place[], attributes: readonly string[] | undefined): Requests => {
  const read = {
    ConsistentRead: true,
    ...(attributes && {
      ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
    }),
  };
  const tableNames = [...new Set(places.map(({ tableName }) => tableName))];
  return Object.fromEntries(
    tableNames.map((name) => [
      name,
      { ...read, Keys: places.filter(({ tableName }) => tableName === name).map(({ id }) => ({ id })) },
    ]),
  );
};
