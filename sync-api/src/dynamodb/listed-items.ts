import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { idOfKey, kindOfKey, type SpaceId } from '@fintrack/sync-core/protocol';
import * as v from 'valibot';
import { indexedTables, type IndexedTable } from './indexed-tables.ts';
import { orUnavailable } from './sdk-failure.ts';
import type { RowTables } from './row-item.ts';

/** What an index shows of a row. An item without a position is nothing that this program wrote; its `seq` is 0. */
export type ListedItem = {
  readonly kind: string;
  readonly id: string;
  readonly seq: number;
  /** Those of `columnsOf` that advice is made of. */
  readonly columns: Readonly<Record<string, unknown>>;
};

/** Of 1 MB each: some 400,000 records of one kind, four times as many as anything here is measured with. */
const pagesMax = 512;

/** Beside `id` and `seq`. */
const columnNames = [
  'date',
  'month',
  'made',
  'amount',
  'low',
  'high',
  'currency',
  'category',
  'description',
  'source',
  'insight',
  'reason',
] as const;

const projected = ['id', 'seq', ...columnNames] as const;

const itemSchema = v.looseObject({
  id: v.string(),
  seq: v.fallback(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 0),
});

/**
 * Everything that the indexes by person list of a space, every page, in no order. The indexes lag behind their tables, each
 * row by itself: what this gives need not be the rows of any one moment.
 */
export const createItemLister = (client: DynamoDBDocumentClient, tables: Omit<RowTables, 'users'>) => {
  const lists = indexedTables(tables);
  return async (space: SpaceId): Promise<readonly ListedItem[]> =>
    (await Promise.all(lists.map((table) => itemsIn(client, table, space)))).flat();
};

const itemsIn = async (
  client: DynamoDBDocumentClient,
  { tableName, indexName, keyOf }: IndexedTable,
  space: SpaceId,
): Promise<readonly ListedItem[]> => {
  const items: ListedItem[] = [];
  let from: Record<string, unknown> | undefined;
  for (let pages = 0; pages < pagesMax; pages++) {
    const read = new QueryCommand({
      TableName: tableName,
      IndexName: indexName,
      KeyConditionExpression: '#user = :user',
      ProjectionExpression: projected.map((name) => `#${name}`).join(', '),
      ExpressionAttributeNames: {
        '#user': 'user_id',
        ...Object.fromEntries(projected.map((name) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: { ':user': space },
      ExclusiveStartKey: from,
    });
    const page = await orUnavailable(client.send(read));
    for (const item of page.Items ?? []) {
      const { id, seq, ...columns } = v.parse(itemSchema, item);
      const key = keyOf(space, id);
      items.push({ kind: kindOfKey(key), id: idOfKey(key), seq, columns });
    }
    from = page.LastEvaluatedKey;
    if (from === undefined) return items;
  }
  throw new Error(`${indexName} lists more than ${pagesMax} pages`);
};
