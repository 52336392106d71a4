import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { limits, type SpaceId, type StoredEntry } from '@fintrack/sync-core/protocol';
import type { AppendResult, ChangeLog, FeedLog, LogReader } from '@fintrack/sync-core/server';
import { entryToItem, itemSize, itemToEntry } from './log-item.ts';
import { failureOf, orUnavailable, unavailableDelayMs } from './sdk-failure.ts';

/**
 * The logs in one table, keyed by space and seq. Reads reject with StoreUnavailable when the database does not answer;
 * `after` also stops before the entries it holds, unpacked, pass the size of a whole request, for a batch of repeated
 * text packs a hundredfold.
 */
export const createLogReader = (client: DynamoDBDocumentClient, tableName: string): LogReader => {
  const at = async (space: SpaceId, seq: number): Promise<StoredEntry | undefined> => {
    const read = new GetCommand({ TableName: tableName, Key: { space, seq }, ConsistentRead: true });
    const { Item: item } = await orUnavailable(client.send(read));
    return item && itemToEntry(item);
  };
  return {
    at,

    async tail(space) {
      const read = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#space = :space',
        ExpressionAttributeNames: { '#space': 'space' },
        ExpressionAttributeValues: { ':space': space },
        ScanIndexForward: false,
        Limit: 1,
        ConsistentRead: true,
      });
      const item = (await orUnavailable(client.send(read))).Items?.[0];
      return item && itemToEntry(item);
    },

    async after(space, seq, { entriesMax, sizeBytesMax, isConsistent }) {
      const entries: StoredEntry[] = [];
      let storedSizeBytes = 0;
      let rawSizeBytes = 0;
      let from: Record<string, unknown> | undefined;
      do {
        const read = new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: '#space = :space AND #seq > :seq',
          ExpressionAttributeNames: { '#space': 'space', '#seq': 'seq' },
          ExpressionAttributeValues: { ':space': space, ':seq': seq },
          Limit: entriesMax - entries.length,
          ConsistentRead: isConsistent,
          ExclusiveStartKey: from,
        });
        const page = await orUnavailable(client.send(read));
        for (const item of page.Items ?? []) {
          const size = itemSize(item);
          storedSizeBytes += size.storedSizeBytes;
          rawSizeBytes += size.rawSizeBytes;
          const isFull = storedSizeBytes > sizeBytesMax || rawSizeBytes > limits.requestSizeBytesMax;
          if (isFull && entries.length > 0) return entries;
          entries.push(await itemToEntry(item));
        }
        from = page.LastEvaluatedKey;
      } while (from !== undefined && entries.length < entriesMax);
      return entries;
    },
  };
};

/** The logs, for a function that appends and never removes. */
export const createFeedLog = (client: DynamoDBDocumentClient, tableName: string): FeedLog => {
  const reader = createLogReader(client, tableName);
  return {
    ...reader,

    async append(space, entry, vector) {
      const item = await entryToItem(space, entry, vector);
      if ((item.changes?.byteLength ?? 0) > limits.logItemSizeBytesMax) return tooLarge;
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: item,
            ConditionExpression: 'attribute_not_exists(#seq)',
            ExpressionAttributeNames: { '#seq': 'seq' },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return { type: 'appended' };
      } catch (error) {
        return appendFailure(error, () => reader.at(space, entry.seq));
      }
    },
  };
};

/** The logs, for what compacts and deletes them. */
export const createChangeLog = (client: DynamoDBDocumentClient, tableName: string): ChangeLog => ({
  ...createFeedLog(client, tableName),

  async remove(space, first, last) {
    for (let seq = first; seq <= last; seq += positionsPerRun) {
      const count = Math.min(positionsPerRun, last - seq + 1);
      const removals = Array.from({ length: count }, (_, index) => {
        const remove = new DeleteCommand({ TableName: tableName, Key: { space, seq: seq + index } });
        return orUnavailable(client.send(remove));
      });
      await Promise.all(removals);
    }
  },
});

/** Removed side by side. One call each: the right to write batches would be one to write entries. */
const positionsPerRun = 16;

const tooLarge: AppendResult = { type: 'tooLarge', limitBytes: limits.logItemSizeBytesMax };

const appendFailure = async (
  error: unknown,
  readAgain: () => Promise<StoredEntry | undefined>,
): Promise<AppendResult> => {
  const failure = failureOf(error);
  if (failure?.type === 'throttled') return { type: 'throttled', delayMs: unavailableDelayMs };
  if (failure?.type === 'itemTooLarge') return tooLarge;
  if (failure?.type === 'ambiguous') return { type: 'unknown' };
  if (failure?.type !== 'conditionFailed') throw error;
  const by = failure.item ? await itemToEntry(failure.item) : await readAgain();
  return by ? { type: 'occupied', by } : { type: 'unknown' };
};
