import { isDeepStrictEqual } from 'node:util';
import { DeleteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type RecordKey, recordKey, type SpaceId } from '@fintrack/sync-core/protocol';
import type { Row, RowAudit } from '@fintrack/sync-core/server';
import { batchGet, keysPerBatchMax } from './batch-get.ts';
import { idsInIndex } from './ids-in-index.ts';
import { indexedTables } from './indexed-tables.ts';
import { columnsOf, type Place, placeOf, profileColumns, type RowTables, rowToState, stateToRow } from './row-item.ts';
import { conditionHolds } from './sdk-failure.ts';

type Item = Readonly<Record<string, unknown>>;
type Expected = { readonly key: RecordKey; readonly place: Place; readonly row: Row };

/**
 * Compares whole items: a column that was edited by hand is wrong even where the state beside it is not. Columns of Users
 * that the profile says nothing of are the sign-up's.
 */
export const createRowAudit = (client: DynamoDBDocumentClient, tables: RowTables): RowAudit => ({
  async differing(space, rows) {
    const expected = rows.flatMap((row): readonly Expected[] => {
      const key = recordKey(row.kind, row.id);
      const place = placeOf(tables, space, key);
      return place ? [{ key, place, row }] : [];
    });
    const suspects: { readonly key: RecordKey; readonly seq: number }[] = [];
    for (let start = 0; start < expected.length; start += keysPerBatchMax) {
      const chunk = expected.slice(start, start + keysPerBatchMax);
      const items = await itemsAt(
        client,
        chunk.map(({ place }) => place),
      );
      for (const { key, place, row } of chunk) {
        const item = items.get(nameOf(place));
        if (!isAsWritten(space, row, item)) suspects.push({ key, seq: seqOf(item) });
      }
    }
    return suspects;
  },

  async removeUnknown(space, known, applied) {
    let removed = 0;
    for (const { tableName, indexName, keyOf } of indexedTables(tables)) {
      for (const id of await idsInIndex(client, { tableName, indexName, space })) {
        if (known.has(keyOf(space, id))) continue;
        if (await removeUpTo(client, { tableName, id }, applied)) removed += 1;
      }
    }
    return removed;
  },
});

/** An item without a position is nothing that this program wrote. */
const removeUpTo = (client: DynamoDBDocumentClient, { tableName, id }: Place, applied: number): Promise<boolean> => {
  const remove = new DeleteCommand({
    TableName: tableName,
    Key: { id },
    ConditionExpression: 'attribute_exists(#id) AND (attribute_not_exists(#seq) OR #seq <= :applied)',
    ExpressionAttributeNames: { '#id': 'id', '#seq': 'seq' },
    ExpressionAttributeValues: { ':applied': applied },
  });
  return conditionHolds(client.send(remove));
};

const nameOf = ({ tableName, id }: Place): string => `${tableName} ${id}`;

const itemsAt = async (
  client: DynamoDBDocumentClient,
  places: readonly Place[],
): Promise<ReadonlyMap<string, Item>> => {
  const items = new Map<string, Item>();
  for (const [tableName, found] of await batchGet(client, places)) {
    for (const item of found) items.set(nameOf({ tableName, id: String(item['id']) }), item);
  }
  return items;
};

const seqOf = (item: Item | undefined): number => (typeof item?.['seq'] === 'number' ? item['seq'] : 0);

const isAsWritten = (space: SpaceId, row: Row, item: Item | undefined): boolean => {
  if (!item || item['seq'] !== row.seq || !hasState(row, item['state'])) return false;
  if (row.kind === 'profile') {
    return Object.entries(profileColumns(row)).every(([name, value]) => isDeepStrictEqual(item[name], value));
  }
  const { id: _, seq: __, state: ___, ...columns } = item;
  return isDeepStrictEqual(columns, columnsOf(space, row));
};

/** Another version of zlib packs the same row into other bytes, so those are unpacked before they are called different. */
const hasState = (row: Row, state: unknown): boolean => {
  if (!(state instanceof Uint8Array)) return false;
  if (Buffer.compare(state, rowToState(row)) === 0) return true;
  try {
    return isDeepStrictEqual(stateToRow(state), row);
  } catch {
    return false;
  }
};
