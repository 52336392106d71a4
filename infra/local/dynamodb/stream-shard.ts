import { setTimeout as delay } from 'node:timers/promises';
import {
  type _Record as StreamRecord,
  type AttributeValue,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, AttributeValue as EventAttribute } from 'aws-lambda';
import type { StreamHandler } from './stream-poller.ts';

export interface FollowShard {
  readonly streams: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly shardId: string;
  readonly handler: StreamHandler;
  readonly batchSize: number;
  readonly log: (line: string) => void;
  readonly pollMs: number;
  readonly signal: AbortSignal;
}

/** After these tries of a batch Lambda's mapping hands it to its failure queue; here the sweeper makes up for it. */
const deliveryTries = 6;
/** Doubled after each failure, so a batch is given up after about three seconds. */
const firstRetryMs = 100;

/** Delivers the shard's records from the oldest on; resolves when the shard is closed and read to its end, or aborted. */
export async function followShard(shard: FollowShard): Promise<void> {
  const { streams, log, pollMs, signal } = shard;
  let lastDelivered: string | undefined;
  let iterator: string | undefined;
  let problem: string | undefined;
  while (!signal.aborted) {
    try {
      iterator ??= await iteratorAfter(shard, lastDelivered);
      const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: shard.batchSize }));
      problem = undefined;
      const records = page.Records ?? [];
      if (records.length > 0) await deliver(shard, records);
      lastDelivered = records.at(-1)?.dynamodb?.SequenceNumber ?? lastDelivered;
      if (page.NextShardIterator === undefined) return;
      iterator = page.NextShardIterator;
      if (records.length === 0) await pause(pollMs, signal);
    } catch (error) {
      // An expired iterator, trimmed records, or an engine being restarted: all are mended by asking for a new iterator.
      if (signal.aborted) return;
      // Told once, not five times a second until the engine is back.
      if (problem !== String(error)) log(`stream: cannot read ${shard.shardId}: ${String(error)}`);
      problem = String(error);
      if (error instanceof TrimmedDataAccessException) lastDelivered = undefined;
      iterator = undefined;
      await pause(Math.max(pollMs, firstRetryMs), signal);
    }
  }
}

async function iteratorAfter({ streams, streamArn, shardId }: FollowShard, sequenceNumber: string | undefined) {
  const { ShardIterator } = await streams.send(
    new GetShardIteratorCommand({
      StreamArn: streamArn,
      ShardId: shardId,
      ...(sequenceNumber === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: sequenceNumber }),
    }),
  );
  if (ShardIterator === undefined) throw new Error('the engine gave no iterator');
  return ShardIterator;
}

async function deliver(shard: FollowShard, records: readonly StreamRecord[]): Promise<void> {
  const { streamArn, signal } = shard;
  let left = records.map((record) => eventRecord(record, streamArn));
  for (let tries = 1; !signal.aborted; tries += 1) {
    left = await undelivered(shard, left);
    if (left.length === 0 || tries === deliveryTries) return;
    await pause(firstRetryMs * 2 ** (tries - 1), signal);
  }
}

/** Delivers once. What is left starts, as with ReportBatchItemFailures, at the first record that the handler names. */
async function undelivered({ handler, log }: FollowShard, records: DynamoDBRecord[]): Promise<DynamoDBRecord[]> {
  try {
    const { batchItemFailures } = await handler({ Records: records });
    if (batchItemFailures.length === 0) return [];
    log(`stream: the handler refused ${batchItemFailures.length} of ${records.length} records`);
    const refused = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const first = records.findIndex(({ dynamodb }) => refused.has(dynamodb?.SequenceNumber ?? ''));
    return records.slice(Math.max(first, 0));
  } catch (error) {
    log(`stream: the handler failed on ${records.length} records: ${String(error)}`);
    return records;
  }
}

/** The record as Lambda writes it: times in seconds since 1970. The stream is KEYS_ONLY, so there are no images. */
function eventRecord(record: StreamRecord, streamArn: string): DynamoDBRecord {
  const { eventID, eventName, eventVersion, awsRegion, dynamodb } = record;
  const time = dynamodb?.ApproximateCreationDateTime;
  return {
    eventSource: 'aws:dynamodb',
    eventSourceARN: streamArn,
    ...(eventID !== undefined && { eventID }),
    ...(eventName !== undefined && { eventName }),
    ...(eventVersion !== undefined && { eventVersion }),
    ...(awsRegion !== undefined && { awsRegion }),
    dynamodb: {
      StreamViewType: 'KEYS_ONLY',
      Keys: Object.fromEntries(Object.entries(dynamodb?.Keys ?? {}).map(([name, key]) => [name, eventKey(key)])),
      ...(time && { ApproximateCreationDateTime: time.getTime() / 1000 }),
      ...(dynamodb?.SequenceNumber !== undefined && { SequenceNumber: dynamodb.SequenceNumber }),
      ...(dynamodb?.SizeBytes !== undefined && { SizeBytes: dynamodb.SizeBytes }),
    },
  };
}

/** A key is a string, a number (as text) or bytes (as base64 in an event). */
function eventKey({ S, N, B }: AttributeValue): EventAttribute {
  if (S !== undefined) return { S };
  return N === undefined ? { B: Buffer.from(B ?? []).toString('base64') } : { N };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
