import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type Json, limits, type SyncAnswer, type SyncRequest } from '@fintrack/sync-core/protocol';
import { testId } from '@fintrack/sync-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { HttpEvent, HttpResponse } from '../src/http.ts';
import { createHttpHandler } from '../src/http-handler.ts';
import { createLogger } from '../src/log.ts';
import { createSyncRoute } from '../src/routes/sync.ts';
import { createChangeLog } from '../src/dynamodb/change-log.ts';
import { answerOf, claimsOf, createDevice, errorOf, expense, httpEvent, syncEvent, textOf } from './device.ts';
import {
  clientId,
  type Fault,
  faultyClient,
  freshSpace,
  historyOf,
  logOf,
  namedError,
  noise,
  setHandlerEnvironment,
  silenceLog,
  useCloud,
} from './support.ts';

const cloud = useCloud();
let handler: (event: HttpEvent) => Promise<HttpResponse>;
beforeAll(async () => {
  setHandlerEnvironment(cloud());
  silenceLog();
  ({ handler } = await import('../src/handlers/sync.ts'));
});

const sync = async (space: string, request: SyncRequest): Promise<SyncAnswer> =>
  answerOf(await handler(syncEvent(space, request)));
const tea = (number: number, text = 'tea') =>
  expense(testId(number), { description: text, amount: { minor: 250, currency: 'EUR' }, date: '2026-03-01' });

/** The handler over a database with faults, and what it logged. */
const handlerWith = (fault: Fault) => {
  const lines: string[] = [];
  const logger = createLogger({ function: 'sync', now: () => 1, write: (line) => lines.push(line) });
  const log = createChangeLog(faultyClient(cloud(), fault), cloud().tables.syncLog);
  const route = createSyncRoute({ history: historyOf(cloud(), { log }), now: () => 1_000, count: () => undefined });
  const faulty = createHttpHandler({ route: (user, { body }) => route(user, body), clientId, logger, now: () => 1 });
  return { handler: faulty, lines };
};

describe('two replicas of one account', () => {
  it('push and pull through the handler, each getting what the other typed and a stub of its own', async () => {
    const space = freshSpace();
    const [a, b] = [createDevice(space, 'a'), createDevice(space, 'b')];
    const first = await sync(space, a.push(0, [tea(1), tea(2)]));
    expect(first).toMatchObject({ head: 1, more: false, acknowledged: a.last() });
    expect(first.entries).toMatchObject([{ type: 'own', first: 1, last: 2, hash: a.last().hash }]);

    const second = await sync(space, b.push(0, [tea(3, 'Kaffee für Zoë ☕')]));
    expect(second).toMatchObject({ head: 2, acknowledged: b.last() });
    expect(second.entries).toMatchObject([{ type: 'changes', changes: [tea(1), tea(2)] }, { type: 'own' }]);

    const third = await sync(space, a.pull(1));
    expect(third.entries).toMatchObject([{ type: 'changes', changes: [tea(3, 'Kaffee für Zoë ☕')], rejected: [] }]);
    expect((await sync(space, a.pull(2))).entries).toEqual([]);
  });

  it('a push that is sent again is acknowledged and written once', async () => {
    const space = freshSpace();
    const a = createDevice(space, 'a');
    const request = a.push(0, [tea(1)]);
    const answers = await Promise.all([sync(space, request), sync(space, request), sync(space, request)]);
    expect(answers.map((answer) => answer.acknowledged)).toEqual([a.last(), a.last(), a.last()]);
    expect((await sync(space, a.pull(0))).head).toBe(1);
  });

  it('[F9] unknown kinds and fields come out as they went in, byte for byte', async () => {
    const space = freshSpace();
    const changes: Json[] = [
      {
        kind: 'later',
        id: testId(1),
        at: 1,
        set: { later_z: [{ b: [1.5, -0.25, null], a: '\u2028' }] },
        extra: { q: '' },
      },
      { kind: 'expense', id: testId(2), at: 1, set: { laterField: [[[], {}]] }, zzz: [true] },
    ];
    await sync(space, createDevice(space, 'a').push(0, changes));
    const response = await handler(syncEvent(space, createDevice(space, 'b').pull(0)));
    const text = textOf(response);
    expect(answerOf(response).entries).toMatchObject([{ rejected: [] }]);
    expect(text).toContain('{"at":1,"extra":{"q":""},"id":');
    expect(text).toContain(`"set":{"later_z":[{"a":${JSON.stringify('\u2028')},"b":[1.5,-0.25,null]}]}`);
    expect(text).toContain('"set":{"laterField":[[[],{}]]},"zzz":[true]}');
  });

  it('[S3] a change that makes no sense is kept, flagged, and blocks nothing', async () => {
    const space = freshSpace();
    const impossible = expense(testId(1), { date: '2026-02-30' });
    const answer = await sync(space, createDevice(space, 'a').push(0, [impossible, 'nonsense', tea(2)]));
    expect(answer.entries).toMatchObject([
      {
        type: 'own',
        last: 3,
        rejected: [
          [1, { type: 'value', group: 'date' }],
          [2, { type: 'shape' }],
        ],
      },
    ]);
    const [entry] = (await sync(space, createDevice(space, 'b').pull(0))).entries;
    expect(entry).toMatchObject({ changes: [impossible, 'nonsense', tea(2)] });
  });

  it('a ledger of many answers is pulled piece by piece, complete', async () => {
    const space = freshSpace();
    const a = createDevice(space, 'a');
    for (let batch = 0; batch < 8; batch++) {
      const changes = Array.from({ length: 110 }, (_, i) => tea(batch * 200 + i, noise(1_800, batch * 200 + i)));
      await sync(space, a.push(batch, changes));
    }
    const b = createDevice(space, 'b');
    const seqs: number[] = [];
    let pulls = 0;
    for (let more = true; more; pulls++) {
      const answer = await sync(space, b.pull(seqs.length));
      seqs.push(...answer.entries.map(({ seq }) => seq));
      more = answer.more;
    }
    expect(seqs).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(pulls).toBeGreaterThan(1);
  });
});

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

describe('a failing database', () => {
  it('[fault 11] throttled writes are 429 with retry-after, and the next try is taken', async () => {
    const space = freshSpace();
    const a = createDevice(space, 'a');
    const request = a.push(0, [tea(1)]);
    const throttled = handlerWith(async (command, send) => {
      if (command === 'PutItemCommand') throw namedError('ThrottlingException');
      await send();
    });
    const response = await throttled.handler(syncEvent(space, request));
    expect(response).toMatchObject({ statusCode: 429, headers: { 'retry-after': '1' } });
    expect(errorOf(response)).toMatchObject({ type: 'throttled', retry: 'retryLater' });
    expect(await sync(space, request)).toMatchObject({ head: 1, acknowledged: a.last() });
  });

  it('reads that do not answer are 503 with retry-after', async () => {
    const silent = handlerWith(async () => {
      throw namedError('TimeoutError');
    });
    const space = freshSpace();
    const response = await silent.handler(syncEvent(space, createDevice(space, 'a').pull(0)));
    expect(response).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
    expect(errorOf(response)).toMatchObject({ type: 'busy', retry: 'retryLater' });
  });

  it('a bug is 500 and says nothing of the inside, neither to the caller nor, of the data, to the log', async () => {
    const broken = handlerWith(async () => {
      throw new Error('Anna owes 12.40 at table-arn');
    });
    const space = freshSpace();
    const response = await broken.handler(syncEvent(space, createDevice(space, 'a').push(0, [tea(1, 'secret tea')])));
    expect(response.statusCode).toBe(500);
    expect(errorOf(response)).toMatchObject({ type: 'internal', retry: 'retryLater' });
    expect(textOf(response)).not.toMatch(/Anna|arn/);
    // The space is random, and now and then holds the amount.
    const logged = broken.lines.join('\n').replaceAll(space, '');
    expect(logged).toContain('"name":"Error"');
    expect(logged).not.toMatch(/Anna|12\.40|secret|250/);
  });
});

describe('bodies on the wire', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('a request in %s is read', async (coding, compress) => {
    const space = freshSpace();
    const a = createDevice(space, 'a');
    const event = httpEvent('POST', '/v1/sync', compress(JSON.stringify(a.push(0, [tea(1)]))), {
      claims: claimsOf(space),
      headers: { 'content-encoding': coding },
    });
    expect(answerOf(await handler(event))).toMatchObject({ head: 1, acknowledged: a.last() });
  });

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['gzip;q=0.5, br;q=0', 'gzip'],
    ['identity', undefined],
    ['', undefined],
  ])('to accept-encoding "%s" a large answer is sent in %s', async (accept, coding) => {
    const space = freshSpace();
    await sync(
      space,
      createDevice(space, 'a').push(
        0,
        Array.from({ length: 50 }, (_, i) => tea(i, `n${i}`)),
      ),
    );
    const event = httpEvent('POST', '/v1/sync', JSON.stringify(createDevice(space, 'b').pull(0)), {
      claims: claimsOf(space),
      headers: { 'accept-encoding': accept },
    });
    const response = await handler(event);
    expect(response.headers?.['content-encoding']).toBe(coding);
    expect(response.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(answerOf(response).entries).toHaveLength(1);
  });

  it('a small answer is not compressed', async () => {
    const space = freshSpace();
    const response = await handler(syncEvent(space, createDevice(space, 'a').pull(0)));
    expect(response).toMatchObject({ statusCode: 200, isBase64Encoded: false });
  });
});
