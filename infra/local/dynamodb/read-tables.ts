import {
  type AttributeValue,
  DynamoDBClient,
  paginateQuery,
  paginateScan,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { indexNames } from '@fintrack/sync-api/env-names';
import { localClientConfig } from './client-config.ts';
import { synthesizeDataTemplate } from './data-template.ts';
import { localTableNames } from './tables-from-template.ts';

/** An item's text and number attributes; numbers of the tables are safe integers. */
export type TableRow = Readonly<Record<string, string | number>>;

export interface UserTables {
  readonly user: TableRow;
  /** In the order of the index: by date, and budgets by month. */
  readonly expenses: readonly TableRow[];
  readonly income: readonly TableRow[];
  readonly budgets: readonly TableRow[];
  /** Rows of the three tables that any index finds, whoever's they are. */
  readonly indexedRowsOfEveryone: number;
}

/**
 * Everything the domain's tables hold of one person, found as a service would find it: through the indexes, every page.
 * Undefined while no user has that address.
 */
export async function readUserTables(endpoint: string, email: string): Promise<UserTables | undefined> {
  const client = new DynamoDBClient(localClientConfig(endpoint));
  const tables = localTableNames(synthesizeDataTemplate());
  const byUser = (tableName: string, indexName: string, userId: string) =>
    queryAll(client, tableName, indexName, 'user_id', userId);
  try {
    const [user] = await queryAll(client, tables.TABLE_USERS, indexNames.usersByEmail, 'email', email);
    if (user === undefined) return undefined;
    const userId = String(user['id']);
    const expenses = await byUser(tables.TABLE_EXPENSES, indexNames.expensesByUserAndDate, userId);
    const income = await byUser(tables.TABLE_INCOME, indexNames.incomeByUserAndDate, userId);
    const budgets = await byUser(tables.TABLE_BUDGETS, indexNames.budgetsByUserAndMonth, userId);
    let indexedRowsOfEveryone = 0;
    for (const tableName of [tables.TABLE_EXPENSES, tables.TABLE_INCOME, tables.TABLE_BUDGETS])
      indexedRowsOfEveryone += await countIndexed(client, tableName);
    return { user, expenses, income, budgets, indexedRowsOfEveryone };
  } finally {
    client.destroy();
  }
}

async function queryAll(
  client: DynamoDBClient,
  tableName: string,
  indexName: string,
  keyName: string,
  key: string,
): Promise<readonly TableRow[]> {
  const input: QueryCommandInput = {
    TableName: tableName,
    IndexName: indexName,
    KeyConditionExpression: '#key = :key',
    ExpressionAttributeNames: { '#key': keyName },
    ExpressionAttributeValues: { ':key': { S: key } },
  };
  const rows: TableRow[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, input)) rows.push(...Items.map(plainRow));
  return rows;
}

async function countIndexed(client: DynamoDBClient, tableName: string): Promise<number> {
  let count = 0;
  const input = { TableName: tableName, Select: 'COUNT', FilterExpression: 'attribute_exists(user_id)' } as const;
  for await (const { Count = 0 } of paginateScan({ client }, input)) count += Count;
  return count;
}

function plainRow(item: Readonly<Record<string, AttributeValue>>): TableRow {
  const row: Record<string, string | number> = {};
  for (const [name, { S, N }] of Object.entries(item)) {
    if (S !== undefined) row[name] = S;
    else if (N !== undefined) row[name] = Number(N);
  }
  return row;
}
