import type {
  AttributeDefinition,
  CreateTableCommandInput,
  GlobalSecondaryIndex,
  GlobalSecondaryIndexDescription,
  KeySchemaElement,
  StreamViewType,
  TableDescription,
  TimeToLiveDescription,
} from '@aws-sdk/client-dynamodb';
import type { GlobalTableResource } from './data-template.ts';

/** What makes two tables the same, whether a template defines it or the engine describes it. Lists are sorted by name. */
export interface TableDefinition {
  readonly attributes: AttributeDefinition[];
  readonly keys: KeySchemaElement[];
  readonly indexes: TableIndex[];
  readonly stream: StreamViewType | undefined;
  readonly expiryAttribute: string | undefined;
}

type TableIndex = Pick<GlobalSecondaryIndex, 'IndexName' | 'KeySchema' | 'Projection'>;

export function definitionInTemplate({ Properties: table }: GlobalTableResource): TableDefinition {
  const expiry = table.TimeToLiveSpecification;
  return {
    attributes: sortedBy(table.AttributeDefinitions, ({ AttributeName }) => AttributeName),
    keys: table.KeySchema,
    indexes: sortedIndexes(table.GlobalSecondaryIndexes),
    stream: table.StreamSpecification?.StreamViewType,
    expiryAttribute: expiry?.Enabled ? expiry.AttributeName : undefined,
  };
}

export function definitionInEngine(
  table: TableDescription,
  expiry: TimeToLiveDescription | undefined,
): TableDefinition {
  return {
    attributes: sortedBy(table.AttributeDefinitions ?? [], ({ AttributeName }) => AttributeName),
    keys: table.KeySchema ?? [],
    indexes: sortedIndexes(table.GlobalSecondaryIndexes),
    stream: table.StreamSpecification?.StreamEnabled ? table.StreamSpecification.StreamViewType : undefined,
    expiryAttribute: expiry?.TimeToLiveStatus === 'ENABLED' ? expiry.AttributeName : undefined,
  };
}

export function createTableInput(tableName: string, definition: TableDefinition): CreateTableCommandInput {
  return {
    TableName: tableName,
    AttributeDefinitions: definition.attributes,
    KeySchema: definition.keys,
    BillingMode: 'PAY_PER_REQUEST',
    ...(definition.indexes.length > 0 && { GlobalSecondaryIndexes: definition.indexes }),
    ...(definition.stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: definition.stream } }),
  };
}

/** The names of the parts in which the two differ. */
export function differences(wanted: TableDefinition, found: TableDefinition): (keyof TableDefinition)[] {
  const parts = ['attributes', 'keys', 'indexes', 'stream', 'expiryAttribute'] as const;
  return parts.filter((part) => canonical(wanted[part]) !== canonical(found[part]));
}

/** Leaves out what only a description has, such as sizes and states. */
function sortedIndexes(indexes: readonly GlobalSecondaryIndexDescription[] = []): TableIndex[] {
  const bare = indexes.map(({ IndexName, KeySchema, Projection }) => ({ IndexName, KeySchema, Projection }));
  return sortedBy(bare, ({ IndexName }) => IndexName);
}

function sortedBy<T>(items: readonly T[], nameOf: (item: T) => string | undefined): T[] {
  return items.toSorted((a, b) => ((nameOf(a) ?? '') < (nameOf(b) ?? '') ? -1 : 1));
}

/** JSON with the members of every object in one order. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    isRecord(part) ? Object.fromEntries(sortedBy(Object.entries(part), ([name]) => name)) : part,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
