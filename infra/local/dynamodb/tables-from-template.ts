import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { type TableEnvName, tableEnvNames } from '@fintrack/sync-api/env-names';
import { envNameMetadataKey } from '../../lib/data-table.ts';
import { localClientConfig } from './client-config.ts';
import { type DataTemplate, tableResources } from './data-template.ts';
import { LocalEngineError } from './java.ts';
import {
  createTableInput,
  definitionInEngine,
  definitionInTemplate,
  differences,
  type TableDefinition,
} from './table-definition.ts';

export interface CreateTablesOptions {
  readonly endpoint: string;
  readonly template: DataTemplate;
}

/** The physical name of each table on this machine, by the environment variable that a handler reads it from. */
export type LocalTableNames = Readonly<Record<TableEnvName, string>>;

/**
 * Makes the engine hold every table of the template: those it has are left as they are, missing ones are created.
 * Rejects with a LocalEngineError, before anything is created, if a table is there with another definition.
 */
export async function createTables({ endpoint, template }: CreateTablesOptions): Promise<void> {
  const client = new DynamoDBClient(localClientConfig(endpoint));
  try {
    const missing: [tableName: string, TableDefinition][] = [];
    for (const [tableName, resource] of tableResources(template)) {
      const wanted = definitionInTemplate(resource);
      const found = await describe(client, tableName);
      if (found) requireSame(tableName, wanted, found);
      else missing.push([tableName, wanted]);
    }
    for (const [tableName, definition] of missing) await create(client, tableName, definition);
  } finally {
    client.destroy();
  }
}

export function localTableNames(template: DataTemplate): LocalTableNames {
  const byEnvName = new Map(tableResources(template).map(([id, table]) => [table.Metadata[envNameMetadataKey], id]));
  const nameOf = (envName: TableEnvName): string => {
    const tableName = byEnvName.get(envName);
    if (tableName === undefined) throw new Error(`the template has no table for ${envName}`);
    return tableName;
  };
  return {
    TABLE_USERS: nameOf(tableEnvNames.users),
    TABLE_EXPENSES: nameOf(tableEnvNames.expenses),
    TABLE_INCOME: nameOf(tableEnvNames.income),
    TABLE_BUDGETS: nameOf(tableEnvNames.budgets),
    TABLE_ADVICE: nameOf(tableEnvNames.advice),
    TABLE_SYNC_LOG: nameOf(tableEnvNames.syncLog),
    TABLE_SYNC_STATE: nameOf(tableEnvNames.syncState),
  };
}

async function describe(client: DynamoDBClient, tableName: string): Promise<TableDefinition | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
    return Table && definitionInEngine(Table, TimeToLiveDescription);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function requireSame(tableName: string, wanted: TableDefinition, found: TableDefinition): void {
  const parts = differences(wanted, found);
  if (parts.length === 0) return;
  throw new LocalEngineError(
    `The local table ${tableName} was made from another template: its ${parts.join(', ')} differ. ` +
      'Run npm start -- --reset to begin with empty tables.',
  );
}

async function create(client: DynamoDBClient, tableName: string, definition: TableDefinition): Promise<void> {
  await client.send(new CreateTableCommand(createTableInput(tableName, definition)));
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }, { TableName: tableName });
  if (definition.expiryAttribute === undefined) return;
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: tableName,
      TimeToLiveSpecification: { AttributeName: definition.expiryAttribute, Enabled: true },
    }),
  );
}
