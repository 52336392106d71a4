import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { blobStoreCases } from '@fintrack/sync-core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Reader, createS3Remover, createS3Writer } from '../src/blobs/s3-blobs.ts';
import { createS3Client } from '../src/blobs/s3-client.ts';
import { StoreUnavailable } from '../src/store-unavailable.ts';
import { type S3Endpoint, startS3Endpoint } from './s3-endpoint.ts';

let endpoint: S3Endpoint;
let client: ReturnType<typeof createS3Client>;
beforeAll(async () => {
  endpoint = await startS3Endpoint();
  client = createS3Client({
    endpoint: endpoint.url,
    forcePathStyle: true,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

const bucketOf = (bucket: string) => ({
  ...createS3Reader(client, bucket),
  ...createS3Writer(client, bucket),
  ...createS3Remover(client, bucket),
});
const freshPrefix = (): string => `snapshots/${randomUUID()}/`;

describe('texts in a bucket keep the contract', () => {
  for (const { name, run } of blobStoreCases) {
    it(name, () => run(async () => ({ blobs: bucketOf('texts'), prefix: freshPrefix() })));
  }
});

describe('an object of a bucket', () => {
  it('is the gzipped text, and says so', async () => {
    const name = `${freshPrefix()}a`;
    await bucketOf('texts').write(name, 'tea '.repeat(1_000));
    const stored = endpoint.objects.get(`texts/${name}`);
    expect(stored?.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' });
    expect(stored?.bytes.byteLength).toBeLessThan(200);
    expect(gunzipSync(stored?.bytes ?? '').toString()).toBe('tea '.repeat(1_000));
  });

  it('of another bucket is another', async () => {
    const name = `${freshPrefix()}a`;
    await bucketOf('one').write(name, 'text');
    expect(await bucketOf('two').read(name)).toBeUndefined();
  });

  it('that is no gzip is an error, not an absent one', async () => {
    const name = `${freshPrefix()}a`;
    await bucketOf('texts').write(name, 'text');
    const stored = endpoint.objects.get(`texts/${name}`);
    stored?.bytes.fill(0);
    await expect(bucketOf('texts').read(name)).rejects.toThrow();
  });

  it('is removed with more others than one call takes', async () => {
    const prefix = freshPrefix();
    const names = Array.from({ length: 1_050 }, (_, i) => `${prefix}${i}`);
    const before = endpoint.requests.length;
    await bucketOf('texts').remove(names);
    expect(endpoint.requests.slice(before)).toEqual(['POST /texts/', 'POST /texts/']);
  });
});

describe('a name that is no path of ours', () => {
  it.each(['', '/a', 'a/', 'a//b', '../a', 'a/../b', 'a/.', 'a\\b', 'a b', 'ä', 'a.json'])(
    '"%s" is refused',
    async (name) => {
      await expect(bucketOf('texts').read(name)).rejects.toThrow('name');
      await expect(bucketOf('texts').write(name, '')).rejects.toThrow('name');
      await expect(bucketOf('texts').remove([name])).rejects.toThrow('name');
    },
  );

  it.each(['', 'a', '/', '../', 'a/../'])('the prefix "%s" lists nothing', async (prefix) => {
    await expect(bucketOf('texts').names(prefix)).rejects.toThrow('prefix');
  });
});

describe('a bucket that is short of breath', () => {
  it('is asked again', async () => {
    const name = `${freshPrefix()}a`;
    endpoint.failNext('PUT', { status: 503, code: 'SlowDown' });
    await bucketOf('texts').write(name, 'text');
    endpoint.failNext('GET', 'hangUp');
    expect(await bucketOf('texts').read(name)).toBe('text');
  });

  it.each(['hangUp', { status: 500, code: 'InternalError' }, { status: 503, code: 'SlowDown' }] as const)(
    'is unavailable when it stays so (%j)',
    async (failure) => {
      for (let tries = 0; tries < 3; tries++) endpoint.failNext('GET', failure);
      await expect(bucketOf('texts').read(`${freshPrefix()}a`)).rejects.toBeInstanceOf(StoreUnavailable);
    },
  );

  it('is not what a missing permission is', async () => {
    endpoint.failNext('GET', { status: 403, code: 'AccessDenied' });
    await expect(bucketOf('texts').read(`${freshPrefix()}a`)).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
