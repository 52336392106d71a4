import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestPool, type TestPool } from '../../infra/local/cognito/test-pool.ts';
import { createPoolUserFinder, createPoolUserRemover, createUserPoolClient } from '../src/cognito/user-pool.ts';
import { StoreUnavailable } from '../src/store-unavailable.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool();
}, 60_000);
afterAll(async () => {
  await pool[Symbol.asyncDispose]();
});

const clientAt = (endpoint: string) =>
  createUserPoolClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: { connectionTimeout: 30_000, requestTimeout: 30_000 },
  });

it('a person is removed from the pool by their sub, and once more without an error', { timeout: 60_000 }, async () => {
  const sub = await pool.register('ana@example.com', 'Orange-Kettle-42');
  const remove = createPoolUserRemover(clientAt(pool.cognito.url), pool.cognito.userPoolId);
  const isThere = createPoolUserFinder(clientAt(pool.cognito.url), pool.cognito.userPoolId);
  expect(await isThere(sub)).toBe(true);
  await remove(sub);
  await remove(sub);
  expect(await isThere(sub)).toBe(false);
  expect((await pool.signIn('ana@example.com', 'Orange-Kettle-42')).status).toBe(400);
});

it('a pool that does not answer is unavailable, another one an error', { timeout: 60_000 }, async () => {
  // Port 1 of the loopback address is never served.
  const silent = createPoolUserRemover(clientAt('http://127.0.0.1:1'), pool.cognito.userPoolId);
  await expect(silent('sub')).rejects.toBeInstanceOf(StoreUnavailable);
  const finder = createPoolUserFinder(clientAt('http://127.0.0.1:1'), pool.cognito.userPoolId);
  await expect(finder('sub')).rejects.toBeInstanceOf(StoreUnavailable);
  const other = createPoolUserRemover(clientAt(pool.cognito.url), 'eu-west-1_Other1234');
  await expect(other('sub')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
