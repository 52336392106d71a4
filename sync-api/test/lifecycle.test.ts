import { PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Transport } from '@fintrack/sync-core/client';
import { parseHistoryPage, parseReceipt, profileId, recordKey } from '@fintrack/sync-core/protocol';
import { ledgerAt, listedDigest, type RowStore } from '@fintrack/sync-core/server';
import { testId } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { errorOf, textOf } from './device.ts';
import { createRealDevice, createRealServer, pushNotes } from './real-server.ts';
import { faultyClient, freshSpace, logOf, namedError, rowsOf, useCloud } from './support.ts';
import { createRowStore } from '../src/dynamodb/row-store.ts';

const cloud = useCloud();
const bounds = { entriesMax: 100, sizeBytesMax: 1_000_000, isConsistent: true };

/** Ten entries of one device, folded; a snapshot at 8, and the log archived below 9. */
const agedSpace = async () => {
  const server = createRealServer(cloud());
  const space = freshSpace();
  const a = createRealDevice(server, space, 'a');
  await pushNotes(a, 1, 10);
  await server.poke(space);
  const { client, tables } = cloud();
  await client.send(new PutCommand({ TableName: tables.users, Item: { id: space, email: 'a@example.org' } }));
  server.clock.now += 10_000;
  await server.sweep();
  return { server, space, a };
};
const seqsOf = async (space: string) => (await logOf(cloud()).after(space, 0, bounds)).map(({ entry }) => entry.seq);

describe('a log that grew old', () => {
  it('[L1] [L3] has a snapshot and archives, and in the table no more than its end', async () => {
    const { server, space } = await agedSpace();
    const facts = await server.history.spaces.facts(space);
    expect(facts).toMatchObject({ floor: 9, snapshots: [{ epoch: 1, seq: 8 }] });
    expect(await seqsOf(space)).toEqual([9, 10]);
    expect(await server.history.blobs.names(`archives/${space}/`)).toHaveLength(4);
    const troubles = (['SnapshotsFailed', 'ComparisonsFailed', 'CompactionsFailed'] as const).map(server.counted);
    expect(troubles).toEqual([0, 0, 0]);
  });

  it('[L2] is loaded by a new device from its snapshot, part after part, and by an old one from its archives', async () => {
    const { server, space, a } = await agedSpace();
    const b = createRealDevice(server, space, 'b');
    let parts = 0;
    const counting: Transport = {
      ...server.transport,
      part: (request) => {
        parts += 1;
        return server.transport.part(request);
      },
    };
    while (b.meta().cursor < 10) await b.sync(counting);
    expect(parts).toBeGreaterThan(3);
    expect(b.notes()).toEqual(a.notes());
    expect(b.meta().digest).toBe(a.meta().digest);
  });

  it('[L3] is younger than three function timeouts: its entries stay', async () => {
    const server = createRealServer(cloud(), {
      history: { settings: { entriesPerSegment: 2, entriesPerSnapshot: 4, recordsPerPart: 2, functionTimeoutMs: 1e9 } },
    });
    const space = freshSpace();
    await pushNotes(createRealDevice(server, space, 'a'), 1, 10);
    await server.poke(space);
    const { client, tables } = cloud();
    await client.send(new PutCommand({ TableName: tables.users, Item: { id: space, email: 'a@example.org' } }));
    await server.sweep();
    expect((await server.history.spaces.facts(space)).snapshots).toHaveLength(1);
    expect(await seqsOf(space)).toHaveLength(10);
  });

  it('whose snapshot fails is folded all the same, and it is told', async () => {
    const broken = createRealServer(cloud());
    const blobs = { ...broken.history.blobs, write: async () => Promise.reject(new Error('Coffee with Anna')) };
    const server = createRealServer(cloud(), { history: { blobs } });
    const space = freshSpace();
    await pushNotes(createRealDevice(server, space, 'a'), 1, 5);
    expect(await server.poke(space)).toEqual({ batchItemFailures: [] });
    expect((await rowsOf(cloud()).applied(space)).seq).toBe(5);
    expect(server.counted('SnapshotsFailed')).toBe(1);
    expect(server.lines.join()).toContain('upkeep failed');
    expect(server.lines.join()).not.toContain('Anna');
  });

  it('whose rows cannot be compared with it has its snapshot all the same, and it is told apart', async () => {
    const server = createRealServer(cloud(), { audit: { differing: async () => Promise.reject(new Error('no')) } });
    const space = freshSpace();
    await pushNotes(createRealDevice(server, space, 'a'), 1, 5);
    expect(await server.poke(space)).toEqual({ batchItemFailures: [] });
    expect((await server.history.spaces.facts(space)).snapshots).toHaveLength(1);
    expect([server.counted('SnapshotsFailed'), server.counted('ComparisonsFailed')]).toEqual([0, 1]);
  });
});

describe('what is read of a log', () => {
  it('[L3] the history of a record comes from archives and log', async () => {
    const { server, space, a } = await agedSpace();
    await a.type(1, 'once more');
    await a.settle();
    const message = { protocol: 2, space, kind: 'expense', id: testId(1), after: 0 };
    const page = parseHistoryPage(textOf(await server.post('/v1/history', space, message)));
    if (!page.ok) throw new Error('no page');
    expect(page.value.next).toBeNull();
    expect(page.value.changes).toMatchObject([
      { seq: 1, isRejected: false, change: { id: testId(1), set: { note: ['note 1'] } } },
      { seq: 11, change: { set: { note: ['once more', 1] } } },
    ]);
  });

  it('[L7] a receipt has the position, the digest and the number of entries of a device that has everything', async () => {
    const { server, space, a } = await agedSpace();
    await a.settle();
    const receipt = parseReceipt(textOf(await server.post('/v1/receipt', space, { protocol: 2, space })));
    expect(receipt).toEqual({ ok: true, value: { epoch: 1, head: 10, digest: a.meta().digest, entryCount: 10 } });
  });

  it.each([
    ['/v1/snapshot', { epoch: 1, seq: 8, part: 0 }],
    ['/v1/history', { kind: 'expense', id: testId(1), after: 0 }],
    ['/v1/receipt', {}],
  ])('[S1] %s is refused to whoever holds the token of another account', async (path, rest) => {
    const { server, space } = await agedSpace();
    const response = await server.post(path, freshSpace(), { protocol: 2, space, ...rest });
    expect(response.statusCode).toBe(403);
    expect(errorOf(response)).toMatchObject({ type: 'wrongSpace' });
  });

  it.each(['/v1/snapshot', '/v1/history', '/v1/receipt'])('%s says of a message it cannot read where', async (path) => {
    const { server, space } = await agedSpace();
    const response = await server.post(path, space, { protocol: 0, space, kind: 'x', id: 'y' });
    expect(errorOf(response)).toMatchObject({ type: 'badRequest', message: expect.stringContaining('protocol') });
  });

  it('a part of a snapshot that is no more is gone', async () => {
    const { server, space } = await agedSpace();
    const response = await server.post('/v1/snapshot', space, { protocol: 2, space, epoch: 1, seq: 4, part: 0 });
    expect(response.statusCode).toBe(404);
    expect(errorOf(response)).toMatchObject({ type: 'gone' });
  });
});

describe('rows that somebody wrote past the log', () => {
  const columnOf = (number: number, set: Readonly<Record<string, unknown>>, space: string) => {
    const { client, tables } = cloud();
    const [[name, value] = ['', null]] = Object.entries(set);
    return client.send(
      new UpdateCommand({
        TableName: tables.expenses,
        Key: { id: `${space}#${testId(number)}` },
        UpdateExpression: 'SET #name = :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
  };

  it('[M3] [fault 25] are found when the next snapshot is taken, columns alone too, and put right', async () => {
    const { server, space, a } = await agedSpace();
    const rows = rowsOf(cloud());
    const keys = [1, 2, 3].map((number) => recordKey('expense', testId(number)));
    const before = await rows.rows(space, keys);
    await columnOf(1, { amount: 999_999 }, space);
    await columnOf(2, { state: new Uint8Array([1, 2, 3]) }, space);
    await columnOf(3, { seq: 2 }, space);
    await columnOf(4, { laterColumn: 'x' }, space);
    await pushNotes(a, 11, 2);
    expect(await server.poke(space)).toEqual({ batchItemFailures: [] });
    expect(server.counted('RowsRepaired')).toBe(4);
    expect(await rows.rows(space, keys)).toEqual(before);
    await pushNotes(a, 13, 4);
    await server.poke(space);
    expect(server.counted('RowsRepaired')).toBe(4);
  });

  it('[M3] [fault 25] are removed where the log knows of no such record', async () => {
    const { server, space, a } = await agedSpace();
    const { client, tables } = cloud();
    const forged = { user_id: space, date: '2026-03-01', amount: 5, currency: 'EUR' };
    const ids = [77, 78, 79].map((number) => `${space}#${testId(number)}`);
    for (const [index, more] of [{}, { seq: 3 }, { seq: 900 }].entries()) {
      const item = { id: ids[index], ...forged, ...more };
      await client.send(new PutCommand({ TableName: tables.income, Item: item }));
    }
    await pushNotes(a, 11, 2);
    await server.poke(space);
    expect(server.counted('RowsRepaired')).toBe(2);
    const left = await client.send(new ScanCommand({ TableName: tables.income }));
    expect(left.Items?.map(({ id }) => id).filter((id) => ids.includes(id))).toEqual([ids[2]]);
  });

  it('[M3] [fault 25] are left alone in Users where the log knows of no profile', async () => {
    const { server, space, a } = await agedSpace();
    const { client, tables } = cloud();
    const profile = { id: space, email: 'a@example.org', name: 'Mallory', seq: 3 };
    await client.send(new PutCommand({ TableName: tables.users, Item: profile }));
    await pushNotes(a, 11, 2);
    await server.poke(space);
    expect((await rowsOf(cloud()).rows(space, [recordKey('profile', profileId)])).size).toBe(0);
    expect(server.counted('RowsRepaired')).toBe(0);
  });
});

describe('a row that cannot even be read', () => {
  it('[M3] [fault 25] holds up its space until a sweep has put it right', async () => {
    const { server, space, a } = await agedSpace();
    const { client, tables } = cloud();
    const damage = { id: `${space}#${testId(1)}`, seq: 1, state: new Uint8Array([7]) };
    await client.send(new PutCommand({ TableName: tables.expenses, Item: damage }));
    await a.type(1, 'typed later');
    await a.settle();
    expect((await server.poke(space)).batchItemFailures).toHaveLength(1);
    await server.sweep();
    await server.sweep();
    expect(server.counted('RowsRepaired')).toBe(1);
    const key = recordKey('expense', testId(1));
    expect((await rowsOf(cloud()).rows(space, [key])).get(key)?.cells['note']?.value).toBe('typed later');
    expect((await rowsOf(cloud()).applied(space)).seq).toBe(11);
  });
});

describe('the tables after a bad day', () => {
  it('[M1] [M3] have a digest again after the next sweep, where a run was killed among its rows', async () => {
    const store = rowsOf(cloud());
    let writes = 0;
    const putRow: RowStore['putRow'] = (...what) =>
      writes++ < 2 ? store.putRow(...what) : Promise.reject(new Error('killed'));
    const space = freshSpace();
    const mortal = createRealServer(cloud(), { store: { ...store, putRow } });
    await pushNotes(createRealDevice(mortal, space, 'a'), 1, 3);
    expect((await mortal.poke(space)).batchItemFailures).toHaveLength(1);
    const server = createRealServer(cloud());
    await server.poke(space);
    expect(await store.applied(space)).toEqual({ seq: 3, digest: null });
    const { client, tables } = cloud();
    await client.send(new PutCommand({ TableName: tables.users, Item: { id: space, email: 'a@example.org' } }));
    await server.sweep();
    const ledger = await ledgerAt(server.history, space, [], 3);
    expect(await store.applied(space)).toEqual({ seq: 3, digest: listedDigest(ledger.rows.values()) });
    expect(server.counted('RowsRepaired')).toBe(0);
  });

  it('[M1] [fault 24] are the same rows whether pokes came twice, in another order, or not at all', async () => {
    const server = createRealServer(cloud());
    const spaces = [freshSpace(), freshSpace(), freshSpace()] as const;
    const [orderly, chaotic, silent] = spaces;
    for (const space of spaces) {
      const [a, b] = [createRealDevice(server, space, 'a'), createRealDevice(server, space, 'b')];
      await pushNotes(a, 1, 3);
      if (space === orderly) await server.poke(space);
      await b.settle();
      await b.type(2, 'of b');
      await b.settle();
      if (space === chaotic) await Promise.all([server.poke(space), server.poke(space), server.poke(space)]);
      await pushNotes(a, 4, 2);
      if (space !== silent) await Promise.all([server.poke(space), server.poke(space)]);
    }
    const { client, tables } = cloud();
    await client.send(new PutCommand({ TableName: tables.users, Item: { id: silent, email: 'a@example.org' } }));
    await server.sweep();
    const keys = [1, 2, 3, 4, 5].map((number) => recordKey('expense', testId(number)));
    const [first, ...others] = await Promise.all(
      spaces.map(async (space) => {
        const rows = await rowsOf(cloud()).rows(space, keys);
        return keys.map((key) => [rows.get(key)?.seq, rows.get(key)?.cells['note']?.value]);
      }),
    );
    expect(first?.[1]).toEqual([4, 'of b']);
    for (const each of others) expect(each).toEqual(first);
  });

  it('[fault 11] are filled by a later poke when the database was throttled', async () => {
    let isThrottled = true;
    const client = faultyClient(cloud(), async (command, send) => {
      if (isThrottled && command === 'PutItemCommand') throw namedError('ThrottlingException');
      await send();
    });
    const server = createRealServer(cloud(), { store: createRowStore(client, cloud().tables) });
    const space = freshSpace();
    await pushNotes(createRealDevice(server, space, 'a'), 1, 2);
    expect(await server.poke(space)).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
    isThrottled = false;
    expect(await server.poke(space)).toEqual({ batchItemFailures: [] });
    expect((await rowsOf(cloud()).applied(space)).seq).toBe(2);
  });
});
