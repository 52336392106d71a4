import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { SpaceId } from '@fintrack/sync-core/protocol';
import * as v from 'valibot';
import { deleteItems } from './delete-items.ts';
import { indexedTables } from './indexed-tables.ts';
import { forgetProfile } from './remove-rows.ts';
import type { RowTables } from './row-item.ts';
import { orUnavailable } from './sdk-failure.ts';

type Item = Readonly<Record<string, unknown>>;

/**
 * Every space that has a log, in the table's own order. Reads one item of each: a scan goes on behind any key, and behind
 * the last position that a log can have the next space begins.
 */
export async function* spacesInLog(client: DynamoDBDocumentClient, tableName: string): AsyncGenerator<SpaceId> {
  let from: Item | undefined;
  do {
    const scan: ScanCommand = new ScanCommand({ TableName: tableName, Limit: 1, ExclusiveStartKey: from });
    const page = await orUnavailable(client.send(scan));
    const [item] = v.parse(v.array(v.object({ space: v.string() })), page.Items ?? []);
    if (item) yield item.space;
    from = item ? { space: item.space, seq: Number.MAX_SAFE_INTEGER } : page.LastEvaluatedKey;
  } while (from !== undefined);
}

/**
 * Removes every row of one space, or of all, also those that no index lists: after a restore the tables may hold rows of
 * positions that the log does not have any more. Reads the tables whole.
 */
export const clearRows = async (
  client: DynamoDBDocumentClient,
  tables: RowTables,
  space: SpaceId | undefined,
): Promise<void> => {
  for (const { tableName } of indexedTables(tables)) {
    const prefix = space === undefined ? undefined : `${space}#`;
    for await (const ids of idsIn(client, tableName, prefix)) {
      await deleteItems(
        client,
        tableName,
        ids.map((id) => ({ id })),
      );
    }
  }
  for await (const ids of idsIn(client, tables.users, space)) {
    for (const id of ids) await forgetProfile(client, tables.users, id);
  }
};

async function* idsIn(
  client: DynamoDBDocumentClient,
  tableName: string,
  prefix: string | undefined,
): AsyncGenerator<readonly string[]> {
  let from: Item | undefined;
  do {
    const scan: ScanCommand = new ScanCommand({
      TableName: tableName,
      ProjectionExpression: '#id',
      ExpressionAttributeNames: { '#id': 'id' },
      ConsistentRead: true,
      ExclusiveStartKey: from,
      ...(prefix !== undefined && {
        FilterExpression: 'begins_with(#id, :prefix)',
        ExpressionAttributeValues: { ':prefix': prefix },
      }),
    });
    const page = await orUnavailable(client.send(scan));
    yield v.parse(v.array(v.object({ id: v.string() })), page.Items ?? []).map(({ id }) => id);
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}
