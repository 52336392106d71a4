import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RecordKey, SpaceId } from '@fintrack/sync-core/protocol';
import { deleteItems } from './delete-items.ts';
import { idsInIndex } from './ids-in-index.ts';
import { indexedTables } from './indexed-tables.ts';
import { placeOf, type RowTables } from './row-item.ts';
import { conditionHolds } from './sdk-failure.ts';

/**
 * Removes the rows that the indexes list and those of `keys`, which may be in no index. Of the space's item in Users only
 * what the profile was folded into goes: the sign-up wrote the rest, and it goes with the person's account.
 */
export const removeRows = async (
  client: DynamoDBDocumentClient,
  tables: RowTables,
  space: SpaceId,
  keys: readonly RecordKey[],
): Promise<void> => {
  const places = keys.flatMap((key) => placeOf(tables, space, key) ?? []);
  for (const { tableName, indexName } of indexedTables(tables)) {
    const named = places.filter((place) => place.tableName === tableName).map(({ id }) => id);
    const listed = await idsInIndex(client, { tableName, indexName, space });
    const ids = [...new Set([...named, ...listed])];
    await deleteItems(
      client,
      tableName,
      ids.map((id) => ({ id })),
    );
  }
  await forgetProfile(client, tables.users, space);
};

/** What the sign-up wrote stays; somebody who is not there is not made. */
export const forgetProfile = async (
  client: DynamoDBDocumentClient,
  usersTable: string,
  space: SpaceId,
): Promise<void> => {
  const update = new UpdateCommand({
    TableName: usersTable,
    Key: { id: space },
    UpdateExpression: 'REMOVE #seq, #state',
    ConditionExpression: 'attribute_exists(#id)',
    ExpressionAttributeNames: { '#id': 'id', '#seq': 'seq', '#state': 'state' },
  });
  await conditionHolds(client.send(update));
};
