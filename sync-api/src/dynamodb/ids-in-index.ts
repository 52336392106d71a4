import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { SpaceId } from '@fintrack/sync-core/protocol';
import * as v from 'valibot';
import { orUnavailable } from './sdk-failure.ts';

export type UserIndex = { readonly tableName: string; readonly indexName: string; readonly space: SpaceId };

/** Every id that a table's user_id index lists of a space; the index lags behind the table a little. */
export const idsInIndex = async (
  client: DynamoDBDocumentClient,
  { tableName, indexName, space }: UserIndex,
): Promise<readonly string[]> => {
  const ids: string[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const read = new QueryCommand({
      TableName: tableName,
      IndexName: indexName,
      KeyConditionExpression: '#user = :user',
      ProjectionExpression: '#id',
      ExpressionAttributeNames: { '#user': 'user_id', '#id': 'id' },
      ExpressionAttributeValues: { ':user': space },
      ExclusiveStartKey: from,
    });
    const page = await orUnavailable(client.send(read));
    ids.push(...v.parse(v.array(v.object({ id: v.string() })), page.Items ?? []).map(({ id }) => id));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return ids;
};
