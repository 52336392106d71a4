import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type RecordKey, recordKey, type SpaceId } from '@fintrack/sync-core/protocol';
import { type Applied, nothingApplied, type Row, type RowStore } from '@fintrack/sync-core/server';
import * as v from 'valibot';
import { batchGet, keysPerBatchMax } from './batch-get.ts';
import { removeRows } from './remove-rows.ts';
import { columnsOf, type Place, placeOf, profileColumns, type RowTables, rowToState, stateToRow } from './row-item.ts';
import { conditionHolds, orUnavailable } from './sdk-failure.ts';
import { appliedItem } from './space-items.ts';

export type RowStoreTables = RowTables & { readonly syncState: string };

/**
 * The domain's tables. Records that no table holds are taken and forgotten: they live in the log. Rejects with
 * StoreUnavailable when the database does not answer; every call may be repeated.
 */
export const createRowStore = (client: DynamoDBDocumentClient, tables: RowStoreTables): RowStore => ({
  applied: (space) => readApplied(client, tables.syncState, space),

  async rows(space, keys) {
    const places = [...new Set(keys)].flatMap((key) => placeOf(tables, space, key) ?? []);
    const rows = new Map<RecordKey, Row>();
    for (let start = 0; start < places.length; start += keysPerBatchMax) {
      const found = await batchGet(client, places.slice(start, start + keysPerBatchMax), ['state']);
      // A Users item that only the sign-up has written yet has no state.
      for (const { state } of [...found.values()].flat()) {
        if (state === undefined) continue;
        const row = stateToRow(state);
        rows.set(recordKey(row.kind, row.id), row);
      }
    }
    return rows;
  },

  async putRow(space, row, expectedSeq) {
    const place = placeOf(tables, space, recordKey(row.kind, row.id));
    if (!place) return true;
    const condition = {
      ConditionExpression: expectedSeq === 0 ? 'attribute_not_exists(#seq)' : '#seq = :expected',
      ...(expectedSeq > 0 && { ExpressionAttributeValues: { ':expected': expectedSeq } }),
    };
    const kept = { seq: row.seq, state: rowToState(row) };
    if (row.kind === 'profile') {
      const set = { ...kept, ...profileColumns(row) };
      return conditionHolds(client.send(profileUpdate(place, set, condition)));
    }
    const put = new PutCommand({
      TableName: place.tableName,
      Item: { id: place.id, ...columnsOf(space, row), ...kept },
      ExpressionAttributeNames: { '#seq': 'seq' },
      ...condition,
    });
    return conditionHolds(client.send(put));
  },

  advance(space, from, { seq, digest }) {
    const put = new PutCommand({
      TableName: tables.syncState,
      Item: { ...appliedKey(space), seq, ...(digest !== null && { digest }) },
      ...isStill(from),
    });
    return conditionHolds(client.send(put));
  },

  ...createRowRemover(client, tables),
});

/** For what deletes an account, which neither reads nor writes rows. */
export const createRowRemover = (
  client: DynamoDBDocumentClient,
  tables: RowStoreTables,
): Pick<RowStore, 'removeAll'> => ({
  async removeAll(space, keys) {
    await orUnavailable(client.send(new DeleteCommand({ TableName: tables.syncState, Key: appliedKey(space) })));
    await removeRows(client, tables, space, keys);
  },
});

/** For a reader of the tables, which may write none. */
export const readApplied = async (
  client: DynamoDBDocumentClient,
  tableName: string,
  space: SpaceId,
): Promise<Applied> => {
  const read = new GetCommand({ TableName: tableName, Key: appliedKey(space), ConsistentRead: true });
  const { Item: item } = await orUnavailable(client.send(read));
  if (!item) return nothingApplied;
  const { seq, digest = null } = v.parse(appliedSchema, item);
  return { seq, digest };
};

const appliedSchema = v.object({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  digest: v.exactOptional(v.string()),
});

/** The condition that `applied` is exactly this. */
const isStill = ({ seq, digest }: Applied) => {
  if (seq === 0)
    return { ConditionExpression: 'attribute_not_exists(#seq)', ExpressionAttributeNames: { '#seq': 'seq' } };
  return {
    ConditionExpression: `#seq = :seq AND ${digest === null ? 'attribute_not_exists(#digest)' : '#digest = :digest'}`,
    ExpressionAttributeNames: { '#seq': 'seq', '#digest': 'digest' },
    ExpressionAttributeValues: { ':seq': seq, ...(digest !== null && { ':digest': digest }) },
  };
};

const appliedKey = (space: SpaceId) => ({ space, item: appliedItem });

/** An update, so that the email and the date of the sign-up stay, whichever is written first. */
const profileUpdate = (
  place: Place,
  set: Readonly<Record<string, unknown>>,
  condition: { ConditionExpression: string; ExpressionAttributeValues?: Record<string, unknown> },
): UpdateCommand => {
  const columns = Object.entries(set);
  return new UpdateCommand({
    TableName: place.tableName,
    Key: { id: place.id },
    UpdateExpression: `SET ${columns.map(([name]) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: condition.ConditionExpression,
    ExpressionAttributeNames: Object.fromEntries(columns.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...condition.ExpressionAttributeValues,
      ...Object.fromEntries(columns.map(([name, value]) => [`:${name}`, value])),
    },
  });
};
