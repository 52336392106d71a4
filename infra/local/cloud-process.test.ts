import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { Amplify } from 'aws-amplify';
import { fetchAuthSession, signIn } from 'aws-amplify/auth';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CloudProcess, startCloudProcess } from './cloud-process.ts';
import { createDevice, useDevice } from './cognito/amplify-device.ts';
import { localClientConfig } from './dynamodb/client-config.ts';
import { isRunning, markProcess } from './process-mark.ts';
import { statusForHost } from './status-for-host.ts';

const dir = mkdtempSync(join(tmpdir(), 'cloud-'));
const stateDir = join(dir, 'state');
const siteDir = join(dir, 'site');
const email = 'ada@example.org';
const password = 'Correct-horse-7';

let cloud: CloudProcess;
let tokens = { access: '', id: '' };

beforeAll(async () => {
  mkdirSync(siteDir);
  writeFileSync(join(siteDir, 'index.html'), '<title>app</title>');
  cloud = await startCloudProcess({ stateDir, siteDir, port: 0 });
}, 120_000);

afterAll(async () => {
  await cloud.stop();
  rmSync(dir, { recursive: true });
}, 60_000);

describe('a started cloud', () => {
  it('serves the app and its runtime configuration at one address', async () => {
    expect(await (await fetch(`${cloud.addresses.app}/add`)).text()).toBe('<title>app</title>');
    expect(await json(`${cloud.addresses.app}/config.json`)).toEqual({
      api: '',
      region: 'eu-west-1',
      userPoolId: expect.stringMatching(/^eu-west-1_/),
      userPoolClientId: expect.any(String),
      userPoolEndpoint: cloud.addresses.cognito,
    });
  });

  it('lets nobody at the API without a token', async () => {
    const response = await fetch(`${cloud.addresses.api}/v1/sync`, { method: 'POST', body: '{}' });
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
  });

  it('shows neither the app nor the mailbox to a page that let another name point here', async () => {
    for (const url of [`${cloud.addresses.app}/config.json`, `${cloud.addresses.mailbox}messages`]) {
      expect(await statusForHost(url, 'rebound.example.com')).toBe(421);
      expect(await statusForHost(url, 'localhost')).toBe(200);
    }
  });

  it('registers a person whose address is confirmed', async () => {
    const { userPoolClientId } = await json(`${cloud.addresses.app}/config.json`);
    const account = { ClientId: userPoolClientId, Username: email };
    await cognito('SignUp', {
      ...account,
      Password: password,
      UserAttributes: [{ Name: 'email', Value: email }],
    });
    const [mail] = await json(`${cloud.addresses.mailbox}messages?to=${email}`);
    await cognito('ConfirmSignUp', { ...account, ConfirmationCode: mail.code });
    expect(await userEmails()).toEqual([email]);
  });

  it('lets a signed-in person through to the function, which takes access tokens alone', async () => {
    tokens = await signInWithAmplify();
    expect(await postNonsense(tokens.access)).toEqual([
      400,
      { error: expect.objectContaining({ type: 'badRequest' }) },
    ]);
    expect(await postNonsense(tokens.id)).toEqual([401, { error: expect.objectContaining({ type: 'unauthorized' }) }]);
  });

  it('refuses a second one on the same state in one sentence that says where the first is', async () => {
    const log = join(stateDir, 'logs', 'cloud.log');
    truncateSync(log, 10_000_001);
    await expect(startCloudProcess({ stateDir, siteDir, port: 0 })).rejects.toThrow(
      `already runs on ${stateDir} at ${cloud.addresses.app}`,
    );
    expect(existsSync(`${log}.1`)).toBe(false);
  }, 60_000);
});

describe('a killed cloud', () => {
  it('comes back at the same addresses with everything that was acknowledged, its old engine gone', async () => {
    const before = cloud.addresses;
    const engine = lockedEngine();
    await cloud.kill();
    cloud = await startCloudProcess({ stateDir, siteDir });
    expect(isRunning(engine)).toBe(false);
    expect({ ...cloud.addresses, dynamodb: '' }).toEqual({ ...before, dynamodb: '' });
    expect((await postNonsense(tokens.access))[0]).toBe(400);
    expect(await userEmails()).toEqual([email]);
  }, 120_000);

  it('loses no row that was acknowledged before', async () => {
    const writing = writeUntilGone(cloud.addresses.dynamodb);
    await writing.acknowledged(50);
    await cloud.kill();
    const ids = await writing.ended;
    cloud = await startCloudProcess({ stateDir, siteDir });
    const kept = new Set((await scan('Budgets')).map((item) => item['id']?.S));
    expect(ids.filter((id) => !kept.has(id))).toEqual([]);
  }, 120_000);

  it('ends with its engine, rather than go on without', async () => {
    process.kill(lockedEngine().pid, 'SIGKILL');
    expect(await cloud.ended).toBe(1);
    cloud = await startCloudProcess({ stateDir, siteDir });
    expect(await userEmails()).toEqual([email]);
  }, 120_000);

  it('is not outlived by its engine', async () => {
    const engine = lockedEngine();
    expect(isRunning(engine)).toBe(true);
    await cloud.stop();
    expect(isRunning(engine)).toBe(false);
  }, 120_000);
});

describe('a person who leaves', () => {
  it('has a receipt first; afterwards their token, their password and their rows are no good', async () => {
    cloud = await startCloudProcess({ stateDir, siteDir });
    const { access } = await signInWithAmplify();
    const { sub } = JSON.parse(Buffer.from(access.split('.')[1] ?? '', 'base64url').toString());
    const receipt = JSON.stringify({ protocol: 2, space: sub });
    expect(await call('POST', '/v1/receipt', access, receipt)).toEqual([
      200,
      { epoch: 1, head: 0, digest: '0'.repeat(32), entryCount: 0 },
    ]);
    expect(await call('DELETE', '/v1/account', access)).toEqual([
      200,
      { sealedAt: expect.any(Number), restGoneAt: expect.any(Number) },
    ]);
    expect((await call('POST', '/v1/receipt', access, receipt))[0]).toBe(410);
    expect((await call('GET', '/v1/advice?asOf=2026-11-23', access))[0]).toBe(410);
    useDevice(createDevice());
    await expect(signIn({ username: email, password })).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await vi.waitFor(async () => expect(await userEmails()).toEqual([]), { timeout: 60_000, interval: 200 });
  }, 180_000);
});

function lockedEngine(): ReturnType<typeof markProcess> {
  return JSON.parse(readFileSync(join(stateDir, 'lock'), 'utf8')).engine;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads answers as it knows them.
async function json(url: string): Promise<any> {
  return (await fetch(url)).json();
}

async function cognito(operation: string, body: unknown): Promise<void> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
  };
  const response = await fetch(cloud.addresses.cognito, { method: 'POST', headers, body: JSON.stringify(body) });
  expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
}

async function signInWithAmplify(): Promise<typeof tokens> {
  const { userPoolId, userPoolClientId, userPoolEndpoint } = await json(`${cloud.addresses.app}/config.json`);
  Amplify.configure({
    Auth: { Cognito: { userPoolId, userPoolClientId, userPoolEndpoint, loginWith: { email: true } } },
  });
  useDevice(createDevice());
  await signIn({ username: email, password });
  const session = await fetchAuthSession();
  return { access: String(session.tokens?.accessToken), id: String(session.tokens?.idToken) };
}

const postNonsense = (token: string) => call('POST', '/v1/sync', token, 'nonsense');

async function call(
  method: string,
  path: string,
  token: string,
  body?: string,
): Promise<[status: number, answer: unknown]> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${cloud.addresses.api}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
  });
  return [response.status, await response.json()];
}

async function userEmails(): Promise<readonly (string | undefined)[]> {
  return (await scan('Users')).map((item) => item['email']?.S);
}

async function scan(tableName: string) {
  const client = new DynamoDBClient(localClientConfig(cloud.addresses.dynamodb));
  const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName, ConsistentRead: true }));
  client.destroy();
  return Items;
}

/** Puts rows one after another; `ended` resolves with the ids of those that were acknowledged when the engine is gone. */
function writeUntilGone(endpoint: string) {
  const client = new DynamoDBClient({ ...localClientConfig(endpoint), maxAttempts: 1 });
  const ids: string[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const write = async (): Promise<readonly string[]> => {
    try {
      for (;;) {
        const id = `row-${ids.length}`;
        await client.send(new PutItemCommand({ TableName: 'Budgets', Item: { id: { S: id } } }));
        ids.push(id);
        for (const { count, resolve } of waiting) if (ids.length >= count) resolve();
      }
    } catch {
      return ids;
    }
  };
  return {
    ended: write(),
    acknowledged: (count: number) => new Promise<void>((resolve) => void waiting.push({ count, resolve })),
  };
}
