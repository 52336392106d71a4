import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChangeLog } from '../src/dynamodb/change-log.ts';
import { createDocumentClient } from '../src/dynamodb/document-client.ts';
import { StoreUnavailable } from '../src/store-unavailable.ts';

// Takes connections and never answers.
const silent = createServer(() => undefined);
let endpoint = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  endpoint = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
});
afterAll(async () => {
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));
});

const logAt = (url: string) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const requestHandler = { requestTimeout: 50, throwOnRequestTimeout: true };
  const client = createDocumentClient({ endpoint: url, region: 'eu-west-1', credentials, requestHandler });
  return createChangeLog(client, 'SyncLog');
};
const seal = { type: 'seal', seq: 1, epoch: 1, receivedAt: 1 } as const;

describe('a database that does not answer', () => {
  it('leaves an append unknown and a read unavailable', async () => {
    expect(await logAt(endpoint).append('s', seal, {})).toEqual({ type: 'unknown' });
    await expect(logAt(endpoint).tail('s')).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('is the same when nobody listens', async () => {
    // Port 1 of the loopback address is never served.
    expect(await logAt('http://127.0.0.1:1').append('s', seal, {})).toEqual({ type: 'unknown' });
  });
});
