import { setTimeout as delay } from 'node:timers/promises';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { StoreUnavailable } from '../store-unavailable.ts';
import { orUnavailable, unavailableDelayMs } from './sdk-failure.ts';

export type ItemKey = Readonly<Record<string, string | number>>;

/** DynamoDB's own limit. */
const itemsPerBatchMax = 25;
/** Items left over are tried again after 25, 50, 100, ... ms. */
const batchTriesMax = 8;
const firstRetryMs = 25;

/** Deletes items by their keys, each named once; those that are not there are passed over. */
export const deleteItems = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly ItemKey[],
): Promise<void> => {
  for (let start = 0; start < keys.length; start += itemsPerBatchMax) {
    await deleteBatch(client, tableName, keys.slice(start, start + itemsPerBatchMax));
  }
};

const deleteBatch = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly ItemKey[],
): Promise<void> => {
  let wanted = keys.map((Key) => ({ DeleteRequest: { Key } }));
  for (let tries = 0; tries < batchTriesMax; tries++) {
    if (tries > 0) await delay(firstRetryMs * 2 ** (tries - 1));
    const write = new BatchWriteCommand({ RequestItems: { [tableName]: wanted } });
    const { UnprocessedItems: left = {} } = await orUnavailable(client.send(write));
    wanted = (left[tableName] ?? []).flatMap(({ DeleteRequest }) =>
      DeleteRequest?.Key ? [{ DeleteRequest: { Key: DeleteRequest.Key } }] : [],
    );
    if (wanted.length === 0) return;
  }
  throw new StoreUnavailable(unavailableDelayMs, new Error('items stayed unprocessed'));
};
