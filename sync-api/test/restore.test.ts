import { PutCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { recordKey, type SpaceId } from '@fintrack/sync-core/protocol';
import { testId } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { deleteItems, type ItemKey } from '../src/dynamodb/delete-items.ts';
import { clearRows, spacesInLog } from '../src/dynamodb/restored-tables.ts';
import { type Opened, openEpochs } from '../src/ops/open-epochs.ts';
import { createRealDevice, createRealServer, pushNotes, type RealDevice, type RealServer } from './real-server.ts';
import { freshSpace, logOf, rowsOf, useCloud } from './support.ts';

const cloud = useCloud();
type Item = Record<string, unknown>;
type Backup = ReadonlyMap<string, readonly Item[]>;
type TableName = keyof ReturnType<typeof cloud>['tables'];

const allTables: readonly TableName[] = ['syncLog', 'syncState', 'users', 'expenses', 'income', 'budgets', 'advice'];
const itemsOf = async (name: TableName, space: SpaceId): Promise<readonly Item[]> => {
  const { client, tables } = cloud();
  const { Items: items = [] } = await client.send(new ScanCommand({ TableName: tables[name], ConsistentRead: true }));
  return items.filter((item) => JSON.stringify([item['id'], item['space']]).includes(space));
};
const keyOf = ({ id, space, seq, item }: Item): ItemKey => {
  if (typeof id === 'string') return { id };
  return typeof seq === 'number' && item === undefined
    ? { space: String(space), seq }
    : { space: String(space), item: String(item) };
};

const backUp = async (space: SpaceId, names = allTables): Promise<Backup> => {
  const backup = new Map<string, readonly Item[]>();
  for (const name of names) backup.set(name, await itemsOf(name, space));
  return backup;
};

/** As a restore to that moment: what came later is gone. */
const putBack = async (space: SpaceId, backup: Backup): Promise<void> => {
  const { client, tables } = cloud();
  for (const name of allTables) {
    const items = backup.get(name);
    if (!items) continue;
    await deleteItems(client, tables[name], (await itemsOf(name, space)).map(keyOf));
    for (const item of items) await client.send(new PutCommand({ TableName: tables[name], Item: item }));
  }
};

const open = async (
  server: RealServer,
  only: SpaceId | undefined,
  more: { readonly isPerson?: boolean; readonly deletesWithoutPerson?: boolean } = {},
): Promise<readonly Opened[]> => {
  const { client, tables } = cloud();
  const opened: Opened[] = [];
  const opening = openEpochs(
    {
      history: server.history,
      store: rowsOf(cloud()),
      clearRows: (space) => clearRows(client, tables, space),
      spacesInLog: () => spacesInLog(client, tables.syncLog),
      isPerson: async () => more.isPerson ?? true,
      deletesWithoutPerson: more.deletesWithoutPerson ?? false,
      now: () => (server.clock.now += 1),
    },
    only,
  );
  for await (const each of opening) opened.push(each);
  return opened;
};

/** Settles the devices in turn until each has what the others said. */
const settleAll = async (...devices: readonly RealDevice[]): Promise<void> => {
  for (let rounds = 0; rounds < 3; rounds++) for (const each of devices) await each.settle();
};

/** Rows of the tables by their small number: position and note. */
const tableNotes = async (space: SpaceId, numbers: readonly number[]) => {
  const keys = numbers.map((number) => recordKey('expense', testId(number)));
  const rows = await rowsOf(cloud()).rows(space, keys);
  return keys.map((key) => rows.get(key)?.cells['note']?.value);
};

const numbers = Array.from({ length: 16 }, (_, i) => i + 1);

/** Six entries at the backup; afterwards six more, a snapshot and archives above it, and an edit of an old record. */
const worldWithBackup = async (names: readonly TableName[]) => {
  const server = createRealServer(cloud());
  const space = freshSpace();
  const { client, tables } = cloud();
  await client.send(new PutCommand({ TableName: tables.users, Item: { id: space, email: 'a@example.org' } }));
  const [a, b, asleep] = ['a', 'b', 'c'].map((letter) => createRealDevice(server, space, letter)) as [
    RealDevice,
    RealDevice,
    RealDevice,
  ];
  await pushNotes(a, 1, 6);
  await settleAll(a, b, asleep);
  await server.poke(space);
  const backup = await backUp(space, names);
  await pushNotes(b, 7, 5);
  await a.settle();
  await a.type(1, 'edited after the backup');
  await settleAll(a, b);
  await server.poke(space);
  server.clock.now += 10_000;
  await server.sweep();
  return { server, space, a, b, asleep, backup };
};

describe('a server restored from a backup', () => {
  it.each<[string, readonly TableName[]]>([
    ['all tables', allTables],
    ['the log alone, beside facts and rows that are newer', ['syncLog']],
  ])('[L4] [fault 67] with %s: nothing typed is lost, and every device comes to the same', async (_, names) => {
    const { server, space, a, b, asleep, backup } = await worldWithBackup(names);
    await putBack(space, backup);
    expect(await open(server, space)).toEqual([{ space, type: 'opened', epoch: 2, restoredHead: 6, hasPerson: true }]);
    await b.type(12, 'typed before b heard of it');
    await asleep.type(13, 'typed on the device that slept');
    await settleAll(a, b, asleep);
    const newcomer = createRealDevice(server, space, 'd');
    await newcomer.settle();
    for (const device of [a, b, asleep, newcomer]) {
      expect(device.notes()).toHaveLength(13);
      expect(device.note(1)).toBe('edited after the backup');
      expect(device.note(11)).toBe('note 11');
      expect(device.note(12)).toBe('typed before b heard of it');
      expect(device.note(13)).toBe('typed on the device that slept');
      expect(device.outbox()).toEqual([]);
      expect(device.meta()).toMatchObject({ epoch: 2, digest: a.meta().digest, cursor: a.meta().cursor });
    }
    await server.poke(space);
    expect(await tableNotes(space, numbers)).toEqual(numbers.map((number) => newcomer.note(number)));
    const troubles = (['RowsRepaired', 'SnapshotsFailed', 'ComparisonsFailed'] as const).map(server.counted);
    expect(troubles).toEqual([0, 0, 0]);
  });

  it('[L4] may be restored again, and the command run twice', async () => {
    const { server, space, a, b, asleep, backup } = await worldWithBackup(allTables);
    await putBack(space, backup);
    await open(server, space);
    expect(await open(server, space)).toMatchObject([{ type: 'opened', epoch: 3, restoredHead: 7 }]);
    await settleAll(a, b, asleep);
    const second = await backUp(space);
    await a.type(14, 'after the second backup');
    await settleAll(a, b);
    await putBack(space, second);
    await open(server, space);
    await settleAll(a, b, asleep);
    for (const device of [a, b, asleep]) {
      expect(device.note(14)).toBe('after the second backup');
      expect(device.meta()).toMatchObject({ epoch: 4, digest: a.meta().digest });
    }
  });

  it('[L4] a row that the tables have and the log does not any more is gone, deleted ones too', async () => {
    const { server, space, backup } = await worldWithBackup(['syncLog']);
    await putBack(space, backup);
    await open(server, space);
    expect(await tableNotes(space, numbers)).toEqual(numbers.map((n) => (n <= 6 ? `note ${n}` : undefined)));
    expect(await itemsOf('users', space)).toEqual([{ id: space, email: 'a@example.org' }]);
  });
});

describe('the command for every space', () => {
  it('finds each space that has a log once, among logs of any length', async () => {
    const server = createRealServer(cloud());
    const spaces = Array.from({ length: 12 }, freshSpace);
    for (const [index, space] of spaces.entries()) {
      await pushNotes(createRealDevice(server, space, 'a'), 1, 1 + (index % 4));
    }
    const { client, tables } = cloud();
    const found: SpaceId[] = [];
    for await (const space of spacesInLog(client, tables.syncLog)) found.push(space);
    expect(new Set(found).size).toBe(found.length);
    expect(found).toEqual(expect.arrayContaining(spaces));
  });

  it('[L4] opens an epoch of each, and goes on where one fails', async () => {
    const server = createRealServer(cloud());
    const [good, sealed, bad] = [freshSpace(), freshSpace(), freshSpace()];
    for (const space of [good, sealed, bad]) await pushNotes(createRealDevice(server, space, 'a'), 1, 2);
    const log = logOf(cloud());
    await log.append(sealed, { type: 'seal', seq: 3, epoch: 1, receivedAt: 1 }, {});
    await log.remove(bad, 1, 1);
    const opened = new Map((await open(server, undefined)).map((each) => [each.space, each]));
    expect(opened.get(good)).toMatchObject({ type: 'opened', epoch: 2, restoredHead: 2 });
    expect(opened.get(sealed)).toEqual({ space: sealed, type: 'skipped' });
    expect(opened.get(bad)).toMatchObject({ type: 'failed', error: expect.any(Error) });
  });

  it('[L6] tells of a space whose person left after the backup, and deletes it again when it is told to', async () => {
    const server = createRealServer(cloud());
    const space = freshSpace();
    await pushNotes(createRealDevice(server, space, 'a'), 1, 2);
    expect(await open(server, space, { isPerson: false })).toMatchObject([{ type: 'opened', hasPerson: false }]);
    expect(await open(server, space, { isPerson: false, deletesWithoutPerson: true })).toEqual([
      { space, type: 'deleted' },
    ]);
    server.clock.now += 60_000;
    await server.sweep();
    const { client, tables } = cloud();
    const left = await client.send(
      new QueryCommand({
        TableName: tables.syncLog,
        KeyConditionExpression: '#space = :space',
        ExpressionAttributeNames: { '#space': 'space' },
        ExpressionAttributeValues: { ':space': space },
      }),
    );
    expect(left.Items).toMatchObject([{ type: 'seal' }]);
  });
});
