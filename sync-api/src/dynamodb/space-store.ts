import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { SpaceId } from '@fintrack/sync-core/protocol';
import type { OpenWrite, SpaceFacts, SpaceStore } from '@fintrack/sync-core/server';
import * as v from 'valibot';
import { deleteItems } from './delete-items.ts';
import { createDeletionOpener } from './deletions.ts';
import { createFeedSpaces, markSchema, readItem } from './feed-spaces.ts';
import { conditionHolds, orUnavailable } from './sdk-failure.ts';
import { deletionsSpace, factsItem, isRetiredItem, writeItem } from './space-items.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const writeSchema = v.object({ head: count, epoch: count, seq: v.exactOptional(count) });
const deletionSchema = v.object({ space: v.string(), sealedAt: count });

/**
 * Small facts of each space, in the table that has `applied` too: one item for the facts, one a retired replica, one a
 * write of the server's own, and in a partition of their own one a deletion under way. Rejects with StoreUnavailable when
 * the database does not answer.
 */
export const createSpaceStore = (client: DynamoDBDocumentClient, tableName: string): SpaceStore => {
  const itemsOf = async (space: SpaceId): Promise<readonly Record<string, unknown>[]> => {
    const items: Record<string, unknown>[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const read = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#space = :space',
        ExpressionAttributeNames: { '#space': 'space' },
        ExpressionAttributeValues: { ':space': space },
        ConsistentRead: true,
        ExclusiveStartKey: from,
      });
      const page = await orUnavailable(client.send(read));
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
    return items;
  };
  const remove = (space: SpaceId, item: string) =>
    orUnavailable(client.send(new DeleteCommand({ TableName: tableName, Key: { space, item } })));

  return {
    ...createFeedSpaces(client, tableName),

    putFacts(space, facts) {
      const next: SpaceFacts = { ...facts, version: facts.version + 1 };
      const put = new PutCommand({
        TableName: tableName,
        Item: { space, item: factsItem, ...next },
        ConditionExpression: facts.version === 0 ? 'attribute_not_exists(#version)' : '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ...(facts.version > 0 && { ExpressionAttributeValues: { ':version': facts.version } }),
      });
      return conditionHolds(client.send(put));
    },

    async openWrite(space, id, write) {
      const put = new PutCommand({
        TableName: tableName,
        Item: { space, item: writeItem(id), write },
        ConditionExpression: 'attribute_not_exists(#item)',
        ExpressionAttributeNames: { '#item': 'item' },
      });
      if (await conditionHolds(client.send(put))) return write;
      const there = await readItem(client, tableName, space, writeItem(id));
      return v.parse(writeSchema, there?.['write']) satisfies OpenWrite;
    },

    async closeWrite(space, id, seq) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: { space, item: writeItem(id) },
        UpdateExpression: 'SET #write.#seq = :seq',
        ConditionExpression: 'attribute_exists(#item)',
        ExpressionAttributeNames: { '#write': 'write', '#seq': 'seq', '#item': 'item' },
        ExpressionAttributeValues: { ':seq': seq },
      });
      await conditionHolds(client.send(update));
    },

    async removeAll(space) {
      const items = await itemsOf(space);
      await deleteItems(
        client,
        tableName,
        items.map(({ item }) => ({ space, item: String(item) })),
      );
    },

    async forgetRetired(space, above) {
      const retired = (await itemsOf(space)).filter(({ item }) => isRetiredItem(String(item)));
      const lost = retired.filter(({ mark }) => v.parse(markSchema, mark)[2] > above);
      await deleteItems(
        client,
        tableName,
        lost.map(({ item }) => ({ space, item: String(item) })),
      );
    },

    ...createDeletionOpener(client, tableName),

    async deletions() {
      return (await itemsOf(deletionsSpace)).map(({ deletion }) => v.parse(deletionSchema, deletion));
    },

    async closeDeletion(space) {
      await remove(deletionsSpace, space);
    },
  };
};
