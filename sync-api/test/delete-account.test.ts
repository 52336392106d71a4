import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { parseAccountDeletion, profileId } from '@fintrack/sync-core/protocol';
import { testId, testReplica } from '@fintrack/sync-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFeedLog } from '../src/dynamodb/change-log.ts';
import { createDeletionOpener } from '../src/dynamodb/deletions.ts';
import type { HttpEvent, HttpResponse } from '../src/http.ts';
import { createHttpHandler } from '../src/http-handler.ts';
import { createLogger } from '../src/log.ts';
import { createAccountRoute } from '../src/routes/account.ts';
import { claimsOf, createDevice, errorOf, expense, httpEvent, syncEvent, textOf } from './device.ts';
import { createRealDevice, createRealServer, pushNotes, type RealServer } from './real-server.ts';
import { clientId, freshSpace, logOf, rowOf, rowsOf, setHandlerEnvironment, silenceLog, useCloud } from './support.ts';

const cloud = useCloud();
beforeAll(() => {
  setHandlerEnvironment(cloud());
  silenceLog();
});

/** The function that is asked to delete, whose clock is the server's. */
const accountOver = (server: RealServer, removed: string[] = []) => {
  const { client, tables } = cloud();
  return createHttpHandler({
    route: createAccountRoute({
      log: createFeedLog(client, tables.syncLog),
      spaces: createDeletionOpener(client, tables.syncState),
      settings: server.history.settings,
      removePoolUser: async (space) => void removed.push(space),
      now: () => server.clock.now,
    }),
    clientId,
    logger: createLogger({ function: 'account', now: () => 1, write: () => undefined }),
    now: () => server.clock.now,
  });
};

const deletionBy = (space: string, signedInAt: number): HttpEvent =>
  httpEvent('DELETE', '/v1/account', '', {
    claims: { ...claimsOf(space), auth_time: String(Math.floor(signedInAt / 1000)) },
  });

/** Everything that the tables and the bucket hold of a space. */
const leftOf = async (server: RealServer, space: string): Promise<readonly string[]> => {
  const { client, tables } = cloud();
  const left: string[] = [];
  for (const [name, tableName] of Object.entries(tables)) {
    const { Items: items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
    const own = items.filter((item) => JSON.stringify([item['id'], item['space'], item['item']]).includes(space));
    for (const item of own) left.push(`${name} ${item['type'] ?? item['item'] ?? 'row'}`);
  }
  for (const folder of ['snapshots', 'archives']) {
    const names = await server.history.blobs.names(`${folder}/${space}/`);
    for (const name of names) left.push(name);
  }
  return left;
};

/** Rows live and deleted, a profile, a snapshot, archives, somebody in Users. */
const fullSpace = async () => {
  const server = createRealServer(cloud());
  const space = freshSpace();
  const a = createRealDevice(server, space, 'a');
  await pushNotes(a, 1, 10);
  const { client, tables } = cloud();
  await client.send(new PutCommand({ TableName: tables.users, Item: { id: space, email: 'a@example.org' } }));
  await server.poke(space);
  server.clock.now += 10_000;
  await server.sweep();
  await rowsOf(cloud()).putRow(space, rowOf('profile', profileId, { name: 'Ada' }), 0);
  return { server, space, a };
};

describe('deleting an account', () => {
  it('[L6] is for whoever has just signed in: others are told to sign in again, and nothing happens', async () => {
    const { server, space } = await fullSpace();
    const removed: string[] = [];
    const handler = accountOver(server, removed);
    for (const ageMs of [10 * 60_000 + 2_000, 86_400_000, -3_600_000]) {
      const response = await handler(deletionBy(space, server.clock.now - ageMs));
      expect(response.statusCode).toBe(403);
      expect(errorOf(response)).toMatchObject({ type: 'signInAgain', retry: 'afterSignIn' });
    }
    const unknown = await handler(httpEvent('DELETE', '/v1/account', '', { claims: claimsOf(space) }));
    expect(errorOf(unknown)).toMatchObject({ type: 'signInAgain' });
    expect(removed).toEqual([]);
    expect((await logOf(cloud()).tail(space))?.entry.type).toBe('changes');
  });

  it('[S1] is refused to an id token and to tokens of another app', async () => {
    const { server, space } = await fullSpace();
    const handler = accountOver(server);
    const auth_time = String(Math.floor(server.clock.now / 1000));
    for (const claims of [
      { ...claimsOf(space), auth_time, token_use: 'id' },
      { ...claimsOf(space), auth_time, client_id: 'another' },
    ]) {
      expect((await handler(httpEvent('DELETE', '/v1/account', '', { claims }))).statusCode).toBe(401);
    }
    expect((await logOf(cloud()).tail(space))?.entry.type).toBe('changes');
  });

  it('[L6] [I14] leaves nothing but the seal, once both sweeps are over', async () => {
    const { server, space } = await fullSpace();
    const removed: string[] = [];
    const response = await accountOver(server, removed)(deletionBy(space, server.clock.now));
    expect(response.statusCode).toBe(200);
    const sealedAt = server.clock.now;
    expect(parseAccountDeletion(textOf(response))).toEqual({
      ok: true,
      value: { sealedAt, restGoneAt: sealedAt + 3 * server.history.settings.functionTimeoutMs },
    });
    expect(removed).toEqual([space]);
    expect((await leftOf(server, space)).length).toBeGreaterThan(15);

    await server.poke(space);
    expect(await leftOf(server, space)).toEqual([
      'syncLog changes',
      'syncLog changes',
      'syncLog seal',
      `syncState ${space}`,
    ]);
    await server.sweep();
    expect(await leftOf(server, space)).toHaveLength(4);

    server.clock.now = sealedAt + 3 * server.history.settings.functionTimeoutMs;
    await server.sweep();
    expect(await leftOf(server, space)).toEqual(['syncLog seal']);
    expect(server.removed).toContain(space);
    expect(server.lines.join()).toContain('deletions finished');
    expect(server.counted('DeletionsOverdue')).toBe(0);
  });

  it('[L6] comes to its end by sweeps alone, when every poke was lost and rows were written after the seal', async () => {
    const { server, space } = await fullSpace();
    await accountOver(server)(deletionBy(space, server.clock.now));
    await rowsOf(cloud()).putRow(space, rowOf('expense', testId(77), { date: '2026-03-01' }), 0);
    server.clock.now += 60_000;
    await server.sweep();
    expect(await leftOf(server, space)).toEqual(['syncLog seal']);
  });

  it('[L6] may be asked for again, before and after it is over', async () => {
    const { server, space } = await fullSpace();
    const handler = accountOver(server);
    const first = textOf(await handler(deletionBy(space, server.clock.now)));
    server.clock.now += 1_000;
    expect(textOf(await handler(deletionBy(space, server.clock.now)))).toBe(first);
    await server.poke(space);
    server.clock.now += 60_000;
    await server.sweep();
    expect(textOf(await handler(deletionBy(space, server.clock.now)))).toBe(first);
    await server.poke(space);
    await server.sweep();
    expect(await leftOf(server, space)).toEqual(['syncLog seal']);
  });

  it('[L6] that keeps failing is overdue after an hour, and holds up no other', async () => {
    const healthy = createRealServer(cloud());
    const [stuck, other] = [freshSpace(), freshSpace()];
    const handler = accountOver(healthy);
    const blobs = {
      ...healthy.history.blobs,
      names: async (prefix: string) =>
        prefix.includes(stuck) ? Promise.reject(new Error('no such bucket')) : healthy.history.blobs.names(prefix),
    };
    const server = createRealServer(cloud(), { history: { blobs } });
    for (const space of [stuck, other]) await handler(deletionBy(space, healthy.clock.now));
    server.clock.now += 60_000;
    await server.sweep();
    expect(server.counted('DeletionsOverdue')).toBe(0);
    expect(await leftOf(server, other)).toEqual(['syncLog seal']);
    server.clock.now += 3_600_000;
    await server.sweep();
    expect(server.counted('DeletionsOverdue')).toBe(1);
    expect(server.lines.join()).toContain('deletion failed');
    healthy.clock.now = server.clock.now;
    await healthy.sweep();
    expect(await leftOf(healthy, stuck)).toEqual(['syncLog seal']);
  });
});

describe("a deleted person's token that is still valid", () => {
  it('[fault 64] is answered 410 by every function, and nothing of the space is written or read', async () => {
    const { server, space, a } = await fullSpace();
    await accountOver(server)(deletionBy(space, server.clock.now));
    const requests = [
      ['../src/handlers/sync.ts', syncEvent(space, createDevice(space, 'b').push(0, [expense(testId(1), {})]))],
      [
        '../src/handlers/advice.ts',
        httpEvent('GET', '/v1/advice', '', { claims: claimsOf(space), query: 'asOf=2026-03-01' }),
      ],
      ...[
        ['/v1/snapshot', { epoch: 1, seq: 8, part: 0 }] as const,
        ['/v1/history', { kind: 'expense', id: testId(1), after: 0 }] as const,
        ['/v1/receipt', {}] as const,
      ].map(([path, rest]) => {
        const body = JSON.stringify({ protocol: 2, space, ...rest });
        return ['../src/handlers/history.ts', httpEvent('POST', path, body, { claims: claimsOf(space) })] as const;
      }),
    ] as const;
    for (const [path, event] of requests) {
      const { handler }: { handler: (event: HttpEvent) => Promise<HttpResponse> } = await import(path);
      const response = await handler(event);
      expect([event.rawPath, response.statusCode]).toEqual([event.rawPath, 410]);
      expect(errorOf(response)).toMatchObject({ type: 'sealed', retry: 'never' });
    }
    const { client, tables } = cloud();
    const log = await client.send(
      new QueryCommand({
        TableName: tables.syncLog,
        KeyConditionExpression: '#space = :space',
        ExpressionAttributeNames: { '#space': 'space' },
        ExpressionAttributeValues: { ':space': space },
      }),
    );
    expect(log.Items?.at(-1)).toMatchObject({ type: 'seal', seq: 11 });
    await a.type(1, 'typed on a device that knows nothing of it');
    expect(await a.sync()).toMatchObject({ type: 'failed', result: { refusal: { type: 'sealed' } } });
    expect(a.outbox()).toHaveLength(1);
    expect(a.meta().replica).toBe(testReplica('a'));
  });
});
