import { brotliCompressSync, gzipSync } from 'node:zlib';
import { limits, type SyncRequest } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { answerOf, claimsOf, createDevice, errorOf, httpEvent, syncEvent } from './device.ts';
import { freshSpace, logOf, noise } from './support.ts';
import { deployedSync, tea } from './deployed-sync.ts';

const { cloud, handler, sync } = deployedSync();

describe('[P9] refusals', () => {
  it('fork, gap and stale are 409 with the whole answer, and write nothing', async () => {
    const space = freshSpace();
    const a = createDevice(space, 'a');
    await sync(space, a.push(0, [tea(1)]));
    await sync(space, a.push(0, [tea(2)]));
    const refused = async (request: SyncRequest) => {
      const response = await handler(syncEvent(space, request));
      return { status: response.statusCode, answer: answerOf(response) };
    };
    const cloned = () => createDevice(space, 'a');
    expect(await refused(cloned().push(0, [tea(7), tea(8)]))).toMatchObject({
      status: 409,
      answer: {
        head: 2,
        acknowledged: a.last(),
        entries: [{ type: 'own' }, { type: 'own' }],
        refusal: { type: 'fork' },
      },
    });
    expect(await refused(cloned().push(0, [tea(1)]))).toMatchObject({
      status: 409,
      answer: { head: 2, refusal: { type: 'stale' } },
    });
    expect(
      await refused({ ...a.pull(0), push: { first: 9, previous: '1'.repeat(32), changes: [tea(9)] } }),
    ).toMatchObject({ status: 409, answer: { refusal: { type: 'gap', head: 2 } } });
    expect((await sync(space, a.pull(0))).head).toBe(2);
  });

  it('[S1] another space in the body is 403, and neither log is written', async () => {
    const [mine, theirs] = [freshSpace(), freshSpace()];
    const response = await handler(syncEvent(mine, createDevice(theirs, 'a').push(0, [tea(1)])));
    expect(response.statusCode).toBe(403);
    expect(errorOf(response)).toMatchObject({ type: 'wrongSpace', retry: 'never' });
    for (const space of [mine, theirs]) expect(await logOf(cloud()).tail(space)).toBeUndefined();
  });

  it.each([
    ['an id token', { token_use: 'id' }],
    ['no token_use', { token_use: '' }],
    ['a token of another app client', { client_id: 'other' }],
    ['a token without sub', { sub: '' }],
  ])('[S1] %s is 401', async (_, claims) => {
    const space = freshSpace();
    const event = httpEvent('POST', '/v1/sync', JSON.stringify(createDevice(space, 'a').push(0, [tea(1)])), {
      claims: { ...claimsOf(space), ...claims },
    });
    const response = await handler(event);
    expect(response.statusCode).toBe(401);
    expect(errorOf(response)).toMatchObject({ type: 'unauthorized', retry: 'afterSignIn' });
    expect(await logOf(cloud()).tail(space)).toBeUndefined();
  });

  const space = freshSpace();
  const good = JSON.stringify(createDevice(space, 'a').push(0, [tea(1)]));
  const tooMany = createDevice(space, 'a').push(
    0,
    Array.from({ length: limits.changesPerPushMax + 1 }, (_, i) => tea(i)),
  );
  it.each<[string, string | Uint8Array, Record<string, string>, number, string]>([
    ['no JSON', '{"protocol":', {}, 400, 'badRequest'],
    ['an empty body', '', {}, 400, 'badRequest'],
    ['JSON of another shape', '[1]', {}, 400, 'badRequest'],
    ['a page of HTML', '<!doctype html>', {}, 400, 'badRequest'],
    ['bytes that are not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), {}, 400, 'badRequest'],
    ['a coding that nobody knows', good, { 'content-encoding': 'zstd' }, 400, 'badRequest'],
    ['gzip that is none', Buffer.from(good), { 'content-encoding': 'gzip' }, 400, 'badRequest'],
    ['gzip cut off', gzipSync(good).subarray(0, 60), { 'content-encoding': 'gzip' }, 400, 'badRequest'],
    ['a gzip bomb', gzipSync(Buffer.alloc(200_000_000)), { 'content-encoding': 'gzip' }, 413, 'tooLarge'],
    ['a Brotli bomb', brotliCompressSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'br' }, 413, 'tooLarge'],
    ['a body over the limit', ' '.repeat(limits.requestSizeBytesMax + 1), {}, 413, 'tooLarge'],
    ['too many changes', gzipSync(JSON.stringify(tooMany)), { 'content-encoding': 'gzip' }, 413, 'tooLarge'],
    ['a newer protocol', JSON.stringify({ ...createDevice(space, 'a').pull(0), protocol: 99 }), {}, 426, 'upgrade'],
  ])('%s is refused by name', async (_, body, headers, status, type) => {
    const response = await handler(httpEvent('POST', '/v1/sync', body, { claims: claimsOf(space), headers }));
    expect(response.statusCode).toBe(status);
    const error = errorOf(response);
    expect(error).toMatchObject({ type, message: expect.stringMatching(/\S/) });
    if (status === 413) expect(error['limitBytes']).toBeGreaterThan(0);
    expect(await logOf(cloud()).tail(space)).toBeUndefined();
  });

  it('[I12] after every refusal the same device pushes as before', async () => {
    const space = freshSpace();
    const a = createDevice(space, 'a');
    const request = a.push(0, [tea(1)]);
    for (const body of ['', '{', JSON.stringify({ ...request, epoch: 9 })]) {
      await handler(httpEvent('POST', '/v1/sync', body, { claims: claimsOf(space) }));
    }
    expect(await sync(space, request)).toMatchObject({ head: 1, acknowledged: a.last() });
  });

  it('[fault 13] a batch over the item limit is 413 and takes nothing; its halves are taken', async () => {
    const space = freshSpace();
    const changes = Array.from({ length: 240 }, (_, i) => tea(i + 1, noise(2_000, i)));
    const whole = await handler(syncEvent(space, createDevice(space, 'a').push(0, changes)));
    expect(errorOf(whole)).toMatchObject({ type: 'tooLarge', limitBytes: limits.logItemSizeBytesMax });
    const a = createDevice(space, 'a');
    await sync(space, a.push(0, changes.slice(0, 120)));
    expect(await sync(space, a.push(1, changes.slice(120)))).toMatchObject({ head: 2, acknowledged: { last: 240 } });
  });

  it('[fault 64] a deleted account is 410 for whoever still has a token', async () => {
    const space = freshSpace();
    await logOf(cloud()).append(space, { type: 'seal', seq: 1, epoch: 1, receivedAt: 1 }, {});
    const response = await handler(syncEvent(space, createDevice(space, 'a').push(0, [tea(1)])));
    expect(response.statusCode).toBe(410);
    expect(errorOf(response)).toMatchObject({ type: 'sealed', retry: 'never' });
  });
});
