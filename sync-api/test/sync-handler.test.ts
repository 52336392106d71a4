import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Json } from '@fintrack/sync-core/protocol';
import { testId } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { createHttpHandler } from '../src/http-handler.ts';
import { createLogger } from '../src/log.ts';
import { createSyncRoute } from '../src/routes/sync.ts';
import { createChangeLog } from '../src/dynamodb/change-log.ts';
import { answerOf, claimsOf, createDevice, errorOf, expense, httpEvent, syncEvent, textOf } from './device.ts';
import { clientId, type Fault, faultyClient, freshSpace, historyOf, namedError, noise } from './support.ts';
import { deployedSync, tea } from './deployed-sync.ts';

const { cloud, handler, sync } = deployedSync();

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
