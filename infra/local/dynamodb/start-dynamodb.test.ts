import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localClientConfig } from './client-config.ts';
import { synthesizeDataTemplate } from './data-template.ts';
import { startDynamoDb } from './start-dynamodb.ts';
import { createTables } from './tables-from-template.ts';

const template = synthesizeDataTemplate();

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fintrack-dynamodb-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

describe('the local engine', { timeout: 120_000 }, () => {
  it('keeps every answered write when it is killed, and is found again by the next start', async () => {
    const killed = await startDynamoDb({ dir });
    await createTables({ endpoint: killed.endpoint, template });
    const seqs = Array.from({ length: 50 }, (_, index) => index + 1);
    for (const seq of seqs) await append(killed.endpoint, seq);
    process.kill(killed.pid, 'SIGKILL');
    await killed.close();

    const next = await startDynamoDb({ dir });
    try {
      await createTables({ endpoint: next.endpoint, template });
      const found = await Promise.all(seqs.map((seq) => hasEntry(next.endpoint, seq)));
      expect(found).toEqual(seqs.map(() => true));
    } finally {
      await next.close();
    }
  });

  it('is gone when close resolves', async () => {
    const engine = await startDynamoDb();
    await engine.close();
    expect(() => process.kill(engine.pid, 0)).toThrow(/ESRCH/);
  });

  it('does not outlive the process that started it, even when that is killed', async () => {
    const module = new URL('./start-dynamodb.ts', import.meta.url).href;
    const script = `const { startDynamoDb } = await import('${module}'); console.log((await startDynamoDb()).port);`;
    const starter = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    const [port]: Buffer[] = await once(starter.stdout, 'data');
    const connection = connect(Number(port), '127.0.0.1');
    await once(connection, 'connect');
    const disconnected = once(connection, 'close');
    connection.on('error', () => undefined).resume();
    starter.kill('SIGKILL');
    await disconnected;
    expect(connection.destroyed).toBe(true);
  });

  it('names a taken port instead of using what answers there', async () => {
    const other = createServer();
    await once(other.listen(0), 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(startDynamoDb({ port })).rejects.toThrow(`Port ${port} is taken`);
    other.close();
  });
});

async function append(endpoint: string, seq: number): Promise<void> {
  const client = new DynamoDBClient(localClientConfig(endpoint));
  await client.send(new PutItemCommand({ TableName: 'SyncLog', Item: { space: { S: 'a' }, seq: { N: String(seq) } } }));
  client.destroy();
}

async function hasEntry(endpoint: string, seq: number): Promise<boolean> {
  const client = new DynamoDBClient(localClientConfig(endpoint));
  const Key = { space: { S: 'a' }, seq: { N: String(seq) } };
  const { Item } = await client.send(new GetItemCommand({ TableName: 'SyncLog', Key }));
  client.destroy();
  return Item !== undefined;
}
