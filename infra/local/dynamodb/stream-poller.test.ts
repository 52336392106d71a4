import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StreamHandler, startStreamPoller } from './stream-poller.ts';
import { startTestEngine, type TestEngine } from './test-engine.ts';

let engine: TestEngine;
let client: DynamoDBClient;
beforeAll(async () => {
  engine = await startTestEngine();
  client = new DynamoDBClient(engine.clientConfig);
}, 60_000);
afterAll(async () => {
  client.destroy();
  await engine.close();
});

describe('the stream of the log', { timeout: 30_000 }, () => {
  it('hands every entry to the handler once it is written, in order, as Lambda would', async () => {
    const space = randomUUID();
    await appendEntries(space, 1, 5);
    const { seen, handler, until } = collector(space, 8);
    const poller = await startPoller(handler, { batchSize: 2 });
    await appendEntries(space, 6, 8);
    await until;
    await poller.close();
    expect(seqsOf(seen, space)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(Math.max(...seen.map(({ Records }) => Records.length))).toBe(2);
    expect(seen[0]?.Records[0]).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      dynamodb: { StreamViewType: 'KEYS_ONLY', ApproximateCreationDateTime: expect.any(Number) },
    });
  });

  it('delivers a batch again when the handler fails, before any later one', async () => {
    const space = randomUUID();
    const { seen, handler, until } = collector(space, 3);
    const failed: number[] = [];
    const lines: string[] = [];
    const poller = await startPoller(
      async (event) => {
        const [seq] = seqsOf([event], space);
        if (seq === 2 && failed.length < 2) {
          failed.push(seq);
          throw new Error('the table is throttled');
        }
        return handler(event);
      },
      { batchSize: 1, log: (line) => lines.push(line) },
    );
    await appendEntries(space, 1, 3);
    await until;
    await poller.close();
    expect(failed).toEqual([2, 2]);
    expect(seqsOf(seen, space)).toEqual([1, 2, 3]);
    expect(lines.filter((line) => line.includes('the table is throttled'))).toHaveLength(2);
  });

  it('delivers again from the first record that the handler names', async () => {
    const space = randomUUID();
    await appendEntries(space, 1, 3);
    const { seen, handler, until } = collector(space, 5);
    let hasRefused = false;
    const poller = await startPoller(async (event) => {
      await handler(event);
      const second = event.Records.find(({ dynamodb }) => isEntry(dynamodb?.Keys, space, 2));
      if (!second || hasRefused) return { batchItemFailures: [] };
      hasRefused = true;
      return { batchItemFailures: [{ itemIdentifier: second.dynamodb?.SequenceNumber ?? '' }] };
    });
    await until;
    await poller.close();
    expect(seqsOf(seen, space)).toEqual([1, 2, 3, 2, 3]);
  });

  it('goes on with later entries after giving a batch up', async () => {
    const [poisoned, healthy] = [randomUUID(), randomUUID()];
    const { seen, handler, until } = collector(healthy, 1);
    const poller = await startPoller(
      async (event) => {
        if (seqsOf([event], poisoned).length > 0) throw new Error('poison');
        return handler(event);
      },
      { batchSize: 1 },
    );
    await appendEntries(poisoned, 1, 1);
    await appendEntries(healthy, 1, 1);
    await until;
    await poller.close();
    expect(seqsOf(seen, healthy)).toEqual([1]);
  });

  it('delivers nothing after it was closed', async () => {
    const space = randomUUID();
    const closed = collector(space, 1);
    const open = collector(space, 1);
    const poller = await startPoller(closed.handler);
    const witness = await startPoller(open.handler);
    await poller.close();
    await appendEntries(space, 1, 1);
    await open.until;
    await witness.close();
    expect(closed.seen).toEqual([]);
  });
});

function startPoller(handler: StreamHandler, options: { batchSize?: number; log?: (line: string) => void } = {}) {
  return startStreamPoller({
    endpoint: engine.endpoint,
    tableName: engine.tableNames.TABLE_SYNC_LOG,
    handler,
    pollMs: 20,
    ...options,
  });
}

/** Keeps the events in which the space occurs, and tells when so many of its entries were seen. */
function collector(space: string, entriesExpected: number) {
  const seen: DynamoDBStreamEvent[] = [];
  let reached: () => void = () => undefined;
  const until = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const handler = async (event: DynamoDBStreamEvent) => {
    if (seqsOf([event], space).length > 0) seen.push(event);
    if (seqsOf(seen, space).length >= entriesExpected) reached();
    return { batchItemFailures: [] };
  };
  return { seen, handler, until };
}

function seqsOf(events: readonly DynamoDBStreamEvent[], space: string): number[] {
  const keys = events.flatMap(({ Records }) => Records.map(({ dynamodb }) => dynamodb?.Keys));
  return keys.filter((key) => key?.space?.S === space).map((key) => Number(key?.seq?.N));
}

function isEntry(keys: Keys, space: string, seq: number): boolean {
  return keys?.space?.S === space && keys.seq?.N === String(seq);
}

type Keys = NonNullable<DynamoDBStreamEvent['Records'][number]['dynamodb']>['Keys'];

async function appendEntries(space: string, first: number, last: number): Promise<void> {
  for (let seq = first; seq <= last; seq += 1) {
    const Item = { space: { S: space }, seq: { N: String(seq) } };
    await client.send(new PutItemCommand({ TableName: engine.tableNames.TABLE_SYNC_LOG, Item }));
  }
}
