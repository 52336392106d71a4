import { setTimeout as delay } from 'node:timers/promises';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  type BatchGetCommandOutput,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type RecordKey, recordKey, type SpaceId } from '@fintrack/sync-core/protocol';
import type { Row, RowStore } from '@fintrack/sync-core/server';
import { removeRows } from './remove-rows.ts';
import { columnsOf, placeOf, profileColumns, type RowTables, rowToState, stateToRow } from './row-item.ts';
import { conditionHolds, orUnavailable, unavailableDelayMs } from './sdk-failure.ts';
import { appliedItem } from './space-items.ts';
import { StoreUnavailable } from '../store-unavailable.ts';

export type RowStoreTables = RowTables & { readonly syncState: string };

/** DynamoDB's own limit. */
const keysPerBatchMax = 100;
/** Keys left over are asked for again after 25, 50, 100, ... ms. */
const batchTriesMax = 8;
const firstRetryMs = 25;

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
      for (const state of await readStates(client, places.slice(start, start + keysPerBatchMax))) {
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

  async advance(space, seq) {
    const put = new PutCommand({
      TableName: tables.syncState,
      Item: { ...appliedKey(space), seq },
      ConditionExpression: 'attribute_not_exists(#seq) OR #seq < :seq',
      ExpressionAttributeNames: { '#seq': 'seq' },
      ExpressionAttributeValues: { ':seq': seq },
    });
    await conditionHolds(client.send(put));
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
): Promise<number> => {
  const read = new GetCommand({ TableName: tableName, Key: appliedKey(space), ConsistentRead: true });
  const seq: unknown = (await orUnavailable(client.send(read))).Item?.['seq'];
  return typeof seq === 'number' ? seq : 0;
};

const appliedKey = (space: SpaceId) => ({ space, item: appliedItem });

type Place = { readonly tableName: string; readonly id: string };

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

type BatchGetRequests = NonNullable<BatchGetCommandInput['RequestItems']>;

/** The states of the rows there are, in any order. */
const readStates = async (client: DynamoDBDocumentClient, places: readonly Place[]): Promise<readonly unknown[]> => {
  const states: unknown[] = [];
  let wanted: BatchGetRequests = requestItems(places);
  for (let tries = 0; tries < batchTriesMax; tries++) {
    if (tries > 0) await delay(firstRetryMs * 2 ** (tries - 1));
    const read = new BatchGetCommand({ RequestItems: wanted });
    const answer: BatchGetCommandOutput = await orUnavailable(client.send(read));
    for (const items of Object.values(answer.Responses ?? {})) {
      // A Users item that only the sign-up has written yet has no state.
      for (const item of items) if (item['state'] !== undefined) states.push(item['state']);
    }
    wanted = answer.UnprocessedKeys ?? {};
    if (Object.keys(wanted).length === 0) return states;
  }
  throw new StoreUnavailable(unavailableDelayMs, new Error('keys stayed unprocessed'));
};

const requestItems = (places: readonly Place[]): BatchGetRequests => {
  const read = {
    ConsistentRead: true,
    ProjectionExpression: '#state',
    ExpressionAttributeNames: { '#state': 'state' },
  };
  const tableNames = [...new Set(places.map(({ tableName }) => tableName))];
  return Object.fromEntries(
    tableNames.map((name) => [
      name,
      { ...read, Keys: places.filter(({ tableName }) => tableName === name).map(({ id }) => ({ id })) },
    ]),
  );
};
