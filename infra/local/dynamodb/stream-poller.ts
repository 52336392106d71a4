import { setTimeout as delay } from 'node:timers/promises';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeStreamCommand, DynamoDBStreamsClient, type Shard } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { localClientConfig } from './client-config.ts';
import { followShard } from './stream-shard.ts';

/** A Lambda handler. It may see a record again, and names the records that it is to see again. */
export type StreamHandler = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

export interface StreamPollerOptions {
  readonly endpoint: string;
  readonly tableName: string;
  readonly handler: StreamHandler;
  readonly batchSize?: number;
  /** Told of every failed delivery or read, in one line without item contents. */
  readonly log?: (line: string) => void;
  /** Pause between two reads of a shard that had nothing new. */
  readonly pollMs?: number;
}

export interface StreamPoller {
  /** Stops reading and waits for the delivery in flight. */
  readonly close: () => Promise<void>;
}

/** How often new shards are looked for. DynamoDB Local opens one every four hours. */
const discoverEveryMs = 5_000;

/**
 * Feeds a handler from a table's stream as Lambda's event source mapping does: at least once, in order within a shard,
 * a child shard after its parent, a failed batch again with back-off and in the end given up. It keeps no position:
 * every start delivers the last 24 hours anew, which only pokes a reader that finds nothing to do.
 */
export async function startStreamPoller(options: StreamPollerOptions): Promise<StreamPoller> {
  const config = localClientConfig(options.endpoint);
  const streamArn = await keysOnlyStreamArn(config, options.tableName);
  const streams = new DynamoDBStreamsClient(config);
  const stop = new AbortController();
  const running = followStream(streams, streamArn, options, stop.signal).finally(() => streams.destroy());
  return {
    async close() {
      stop.abort();
      await running;
    },
  };
}

async function followStream(
  streams: DynamoDBStreamsClient,
  streamArn: string,
  { handler, batchSize = 100, log = () => undefined, pollMs = 200 }: StreamPollerOptions,
  signal: AbortSignal,
): Promise<void> {
  const followed = new Map<string, Promise<void>>();
  const follow = async (shard: Shard, shardId: string): Promise<void> => {
    await followed.get(shard.ParentShardId ?? '');
    await followShard({ streams, streamArn, shardId, handler, batchSize, log, pollMs, signal });
  };
  while (!signal.aborted) {
    for (const shard of await shardsOf(streams, streamArn, log)) {
      const shardId = shard.ShardId;
      if (shardId !== undefined && !followed.has(shardId)) followed.set(shardId, follow(shard, shardId));
    }
    await delay(discoverEveryMs, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(followed.values());
}

/** Parents come before their children. An unreachable engine has, for now, no shards. */
async function shardsOf(
  streams: DynamoDBStreamsClient,
  streamArn: string,
  log: (line: string) => void,
): Promise<readonly Shard[]> {
  const shards: Shard[] = [];
  let after: string | undefined;
  try {
    do {
      const { StreamDescription: page } = await streams.send(
        new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: after }),
      );
      shards.push(...(page?.Shards ?? []));
      after = page?.LastEvaluatedShardId;
    } while (after !== undefined);
  } catch (error) {
    log(`stream: cannot list the shards: ${String(error)}`);
  }
  return shards;
}

async function keysOnlyStreamArn(config: ReturnType<typeof localClientConfig>, tableName: string): Promise<string> {
  const client = new DynamoDBClient(config);
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    if (Table?.LatestStreamArn === undefined || Table.StreamSpecification?.StreamViewType !== 'KEYS_ONLY') {
      throw new Error(`table ${tableName} has no KEYS_ONLY stream`);
    }
    return Table.LatestStreamArn;
  } finally {
    client.destroy();
  }
}
