import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { indexNames, tableEnvNames } from '@fintrack/sync-api/env-names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesizeDataTemplate } from './data-template.ts';
import { createTables } from './tables-from-template.ts';
import { startTestEngine, type TestEngine } from './test-engine.ts';

const engineStartMs = 60_000;
const template = synthesizeDataTemplate();

let engine: TestEngine;
let client: DynamoDBClient;
beforeAll(async () => {
  engine = await startTestEngine();
  client = new DynamoDBClient(engine.clientConfig);
}, engineStartMs);
afterAll(async () => {
  client.destroy();
  await engine.close();
});

describe('the tables of the data stack, in the local engine', { timeout: 30_000 }, () => {
  it('have the names of the stack’s logical ids, so that a person finds them', async () => {
    const { TableNames } = await client.send(new ListTablesCommand({}));
    expect(TableNames?.toSorted()).toEqual([
      'Advice',
      'Budgets',
      'Expenses',
      'Income',
      'SyncLog',
      'SyncState',
      'Users',
    ]);
    expect(Object.values(engine.tableNames).toSorted()).toEqual(TableNames?.toSorted());
    expect(Object.keys(engine.tableNames).toSorted()).toEqual(Object.values(tableEnvNames).toSorted());
  });

  it('give a person’s expenses in the order of their dates, without the tombstones', async () => {
    const userId = randomUUID();
    await putExpense(`${userId}#b`, { user_id: { S: userId }, date: { S: '2026-02-03' } });
    await putExpense(`${userId}#a`, { user_id: { S: userId }, date: { S: '2026-01-31' } });
    await putExpense(`${userId}#deleted`, { date: { S: '2026-02-01' } });
    const { Items } = await client.send(
      new QueryCommand({
        TableName: engine.tableNames.TABLE_EXPENSES,
        IndexName: indexNames.expensesByUserAndDate,
        KeyConditionExpression: 'user_id = :user',
        ExpressionAttributeValues: { ':user': { S: userId } },
      }),
    );
    expect(Items?.map(({ id }) => id?.S)).toEqual([`${userId}#a`, `${userId}#b`]);
  });

  it('are left as they are, with their items, when created again', async () => {
    const userId = randomUUID();
    await putExpense(userId, { user_id: { S: userId }, date: { S: '2026-02-03' } });
    await createTables({ endpoint: engine.endpoint, template });
    const { Count } = await client.send(
      new QueryCommand({
        TableName: engine.tableNames.TABLE_EXPENSES,
        KeyConditionExpression: 'id = :id',
        ExpressionAttributeValues: { ':id': { S: userId } },
      }),
    );
    expect(Count).toBe(1);
  });

  it('are refused by name, with what differs, when they were made from another template', async () => {
    await client.send(
      new CreateTableCommand({
        TableName: 'Elsewhere',
        AttributeDefinitions: [{ AttributeName: 'other', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'other', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const { SyncState } = template.Resources;
    if (!SyncState) throw new Error('the template has no SyncState');
    await expect(
      createTables({ endpoint: engine.endpoint, template: { Resources: { Elsewhere: SyncState } } }),
    ).rejects.toThrow(/Elsewhere .* attributes, keys, expiryAttribute differ/);
  });
});

async function putExpense(id: string, rest: Record<string, { S: string }>): Promise<void> {
  await client.send(
    new PutItemCommand({ TableName: engine.tableNames.TABLE_EXPENSES, Item: { id: { S: id }, ...rest } }),
  );
}
