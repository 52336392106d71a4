import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SpaceStore } from '@fintrack/sync-core/server';
import { conditionHolds } from './sdk-failure.ts';
import { deletionsSpace } from './space-items.ts';

/** For the function that is asked to delete an account, and leaves the deleting to another. */
export const createDeletionOpener = (
  client: DynamoDBDocumentClient,
  tableName: string,
): Pick<SpaceStore, 'openDeletion'> => ({
  async openDeletion(deletion) {
    const put = new PutCommand({
      TableName: tableName,
      Item: { space: deletionsSpace, item: deletion.space, deletion },
      ConditionExpression: 'attribute_not_exists(#item)',
      ExpressionAttributeNames: { '#item': 'item' },
    });
    await conditionHolds(client.send(put));
  },
});
