import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SpaceId } from '@fintrack/sync-core/protocol';
import { type FactsReader, type FeedSpaces, noFacts } from '@fintrack/sync-core/server';
import * as v from 'valibot';
import { conditionHolds, orUnavailable } from './sdk-failure.ts';
import { factsItem, retiredItem } from './space-items.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const factsSchema = v.object({
  version: count,
  floor: count,
  snapshots: v.array(v.object({ epoch: count, seq: count, hash: v.string(), digest: v.string() })),
  epochs: v.array(
    v.object({
      epoch: count,
      restoredHead: count,
      abandoned: v.exactOptional(v.array(v.tuple([count, count]))),
    }),
  ),
});
/** Of a `ReplicaMark`. */
export const markSchema = v.tuple([count, v.string(), count]);

/** Rejects with StoreUnavailable when the database does not answer, as all of these do. */
export const createFactsReader = (client: DynamoDBDocumentClient, tableName: string): FactsReader => ({
  async facts(space) {
    const item = await readItem(client, tableName, space, factsItem);
    return item ? v.parse(factsSchema, item) : noFacts;
  },
});

/** For a function that answers devices. */
export const createFeedSpaces = (client: DynamoDBDocumentClient, tableName: string): FeedSpaces => ({
  ...createFactsReader(client, tableName),

  async retired(space, replica) {
    const item = await readItem(client, tableName, space, retiredItem(replica));
    return item && v.parse(markSchema, item['mark']);
  },

  async retire(space, replica, mark) {
    const put = new PutCommand({
      TableName: tableName,
      Item: { space, item: retiredItem(replica), number: mark[0], mark },
      ConditionExpression: 'attribute_not_exists(#number) OR #number < :number',
      ExpressionAttributeNames: { '#number': 'number' },
      ExpressionAttributeValues: { ':number': mark[0] },
    });
    await conditionHolds(client.send(put));
  },
});

/** Strongly consistent. */
export const readItem = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  space: SpaceId,
  item: string,
): Promise<Record<string, unknown> | undefined> => {
  const read = new GetCommand({ TableName: tableName, Key: { space, item }, ConsistentRead: true });
  return (await orUnavailable(client.send(read))).Item;
};
