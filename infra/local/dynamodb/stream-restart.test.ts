import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localClientConfig } from './client-config.ts';
import { synthesizeDataTemplate } from './data-template.ts';
import { startDynamoDb } from './start-dynamodb.ts';
import { type StreamHandler, startStreamPoller } from './stream-poller.ts';
import { createTables, localTableNames } from './tables-from-template.ts';

const template = synthesizeDataTemplate();
const tableName = localTableNames(template).TABLE_SYNC_LOG;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fintrack-stream-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

it('a killed engine, started again, loses no delivery: the poller goes on, and a new one begins at the first', async () => {
  const killed = await startDynamoDb({ dir });
  await createTables({ endpoint: killed.endpoint, template });
  const first = collector();
  const surviving = await startStreamPoller({
    endpoint: killed.endpoint,
    tableName,
    handler: first.handler,
    pollMs: 20,
  });
  await append(killed.endpoint, 1);
  await first.hasSeen(1);
  process.kill(killed.pid, 'SIGKILL');
  await killed.close();

  const { endpoint, close } = await startDynamoDb({ dir, port: killed.port });
  await append(endpoint, 2);
  await first.hasSeen(2);
  await surviving.close();
  const second = collector();
  const restarted = await startStreamPoller({ endpoint, tableName, handler: second.handler, pollMs: 20 });
  await second.hasSeen(2);
  await restarted.close();
  await close();

  expect(first.seqs).toEqual([1, 2]);
  expect(second.seqs).toEqual([1, 2]);
}, 120_000);

/** Keeps every seq delivered, and tells when one has been. */
function collector() {
  const seqs: number[] = [];
  const waiting = new Map<number, () => void>();
  const handler: StreamHandler = async ({ Records }) => {
    for (const { dynamodb } of Records) {
      const seq = Number(dynamodb?.Keys?.seq?.N);
      seqs.push(seq);
      waiting.get(seq)?.();
    }
    return { batchItemFailures: [] };
  };
  const hasSeen = (seq: number) =>
    new Promise<void>((resolve) => {
      if (seqs.includes(seq)) resolve();
      else waiting.set(seq, resolve);
    });
  return { seqs, handler, hasSeen };
}

async function append(endpoint: string, seq: number): Promise<void> {
  const client = new DynamoDBClient(localClientConfig(endpoint));
  await client.send(new PutItemCommand({ TableName: tableName, Item: { space: { S: 'a' }, seq: { N: String(seq) } } }));
  client.destroy();
}
