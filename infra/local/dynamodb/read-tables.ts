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
import { type LocalTableNames, localTableNames } from './tables-from-template.ts';

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

export interface TablesReader {
  /**
   * Everything the domain's tables hold of one person, found as a service would find it: through the indexes, every
   * page. Undefined while no user has that address. Reads the whole tables, so ask seldom where they are being written.
   */
  readonly read: (email: string) => Promise<UserTables | undefined>;
  readonly close: () => void;
}

export function openTablesReader(endpoint: string): TablesReader {
  const client = new DynamoDBClient(localClientConfig(endpoint));
  const tables = localTableNames(synthesizeDataTemplate());
  return {
    read: (email) => readUserTables(client, tables, email),
    close: () => client.destroy(),
  };
}

async function readUserTables(
  client: DynamoDBClient,
  tables: LocalTableNames,
  email: string,
): Promise<UserTables | undefined> {
  const [user] = await queryAll(client, tables.TABLE_USERS, indexNames.usersByEmail, 'email', email);
  if (user === undefined) return undefined;
  const ofUser = (tableName: string, indexName: string) =>
    queryAll(client, tableName, indexName, 'user_id', String(user['id']));
  const expenses = await ofUser(tables.TABLE_EXPENSES, indexNames.expensesByUserAndDate);
  const income = await ofUser(tables.TABLE_INCOME, indexNames.incomeByUserAndDate);
  const budgets = await ofUser(tables.TABLE_BUDGETS, indexNames.budgetsByUserAndMonth);
  let indexedRowsOfEveryone = 0;
  for (const tableName of [tables.TABLE_EXPENSES, tables.TABLE_INCOME, tables.TABLE_BUDGETS])
    indexedRowsOfEveryone += await countIndexed(client, tableName);
  return { user, expenses, income, budgets, indexedRowsOfEveryone };
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
