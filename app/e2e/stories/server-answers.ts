import { deepEqual, equal } from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { protocolVersion, schemaVersion } from '@fintrack/sync-core/protocol';
import type { Device } from '../harness/device.ts';
import { eventually } from '../harness/eventually.ts';
import type { Story } from '../harness/story.ts';
import { backedUp } from '../screens/sync.ts';
import { signedUp } from './people.ts';

/** Unused by anybody; a UUID, as every account's is. */
const strangersSpace = '00000000-0000-4000-8000-000000000001';
const bombSizeBytes = 64 * 1024 * 1024;

export const serverAnswers: Story = {
  name: 'the server names what it refuses',
  run: async (world) => {
    const { cloud, a } = await signedUp(world);
    const token = await accessToken(a);
    const ask = (options: AskOptions) => post(`${cloud.addresses.api}/v1/sync`, { token, ...options });
    const own = String(claimsOf(token)['sub']);

    deepEqual(await ask({ body: syncBody(own) }).then(({ status }) => status), 200);
    const key = createPrivateKey(readFileSync(join(cloud.stateDir, 'cognito/signing-key.pem')));
    const strangersKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    equal((await ask({ body: syncBody(own), token: undefined })).status, 401);
    equal((await ask({ body: syncBody(own), token: resigned(token, strangersKey, {}) })).status, 401);
    equal((await ask({ body: syncBody(own), token: resigned(token, key, { exp: 1_700_000_000 }) })).status, 401);
    equal((await ask({ body: syncBody(own), token: resigned(token, key, {}) })).status, 200);
    const idToken = await ask({ body: syncBody(own), token: resigned(token, key, { token_use: 'id' }) });
    deepEqual([idToken.status, idToken.error], [401, { type: 'unauthorized', retry: 'afterSignIn' }]);

    const foreign = await ask({ body: syncBody(strangersSpace) });
    deepEqual([foreign.status, foreign.error], [403, { type: 'wrongSpace', retry: 'never' }]);
    const prose = await ask({ body: 'please sync' });
    deepEqual([prose.status, prose.error], [400, { type: 'badRequest', retry: 'never' }]);
    const bomb = await ask({ body: new Uint8Array(gzipSync(Buffer.alloc(bombSizeBytes, 0x20))), coding: 'gzip' });
    deepEqual([bomb.status, bomb.error], [413, { type: 'tooLarge', retry: 'never' }]);

    world.tell('    after all that the device still syncs');
    await backedUp(a);
  },
};

type AskOptions = {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly token?: string | undefined;
  readonly coding?: string;
};

const post = async (url: string, { body, token, coding }: AskOptions) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(coding === undefined ? {} : { 'content-encoding': coding }),
    },
    body,
  });
  const answer = JSON.parse(await response.text());
  return { status: response.status, error: answer.error && { type: answer.error.type, retry: answer.error.retry } };
};

const syncBody = (space: string): string =>
  JSON.stringify({
    protocol: protocolVersion,
    schema: schemaVersion,
    space,
    replica: 'e2e0e2e0e2e0e2e0',
    epoch: 1,
    cursor: 0,
    digest: '0'.repeat(32),
  });

/** As the page sends it. */
const accessToken = (device: Device): Promise<string> =>
  eventually('the page sends a token', async () => {
    const headers = await device.traffic.latest()?.allHeaders();
    return headers?.['authorization']?.replace(/^Bearer /, '');
  });

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** The same token with other claims, under another key's signature or the pool's own. */
const resigned = (token: string, key: KeyObject, claims: Record<string, unknown>): string => {
  const [header] = token.split('.');
  const signed = `${header}.${Buffer.from(JSON.stringify({ ...claimsOf(token), ...claims })).toString('base64url')}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
};
