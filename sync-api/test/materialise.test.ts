import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type Change, type Json, type RecordKey, recordKey } from '@fintrack/sync-core/protocol';
import { type History, materialise, nothingApplied, type RowStore } from '@fintrack/sync-core/server';
import {
  createAuthor,
  createMemoryChangeLog,
  createMemoryHistory,
  createMemoryRowStore,
  testId,
  testReplica,
} from '@fintrack/sync-core/testing';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createRowAudit } from '../src/dynamodb/row-audit.ts';
import { createSweepPort } from '../src/dynamodb/users.ts';
import { createLogger } from '../src/log.ts';
import { createMaterialiseHandler, type RemainingTime } from '../src/materialise-handler.ts';
import { expense } from './device.ts';
import { scheduled } from './real-server.ts';
import { feedOf, freshSpace, historyOf, logOf, rowsOf, useCloud } from './support.ts';

const cloud = useCloud();

const rowCount = 40;
const keys: readonly RecordKey[] = Array.from({ length: rowCount }, (_, i) => recordKey('expense', testId(i + 1)));

/** Two replicas over 40 expenses: created, edited concurrently, some deleted, and kinds without a table between them. */
const history = () => {
  const a = createAuthor(testReplica('a'));
  const b = createAuthor(testReplica('b'));
  const created = keys.map((_, i) =>
    expense(testId(i + 1), { amount: { minor: i, currency: 'EUR' }, date: '2026-03-05', laterField: [{ z: i }] }),
  );
  const edited = created.map(({ id }, i): Change => ({ ...expense(id, { description: `b${i}` }, 9) }));
  const later: Change = { kind: 'later', id: testId(900), at: 1, set: { x: [1] } };
  const deleted = [1, 2, 3].map((i): Change => {
    const see = { amount: [1] as const, date: [1] as const, laterField: [1] as const, description: [2] as const };
    return { kind: 'expense', id: testId(i), at: 12, op: 'delete', see };
  });
  return [a.entry(1, created), b.entry(2, [...edited, later]), a.entry(3, deleted), b.entry(4, edited.slice(5, 9))];
};

const expectedRows = async () => {
  const log = createMemoryChangeLog();
  const store = createMemoryRowStore();
  for (const entry of history()) await log.append('s', entry, {});
  await materialise(createMemoryHistory(log), store, 's');
  return [...store.all('s').values()].sort(byId);
};
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

const spaceWithHistory = async (): Promise<string> => {
  const space = freshSpace();
  const log = logOf(cloud());
  for (const entry of history()) await log.append(space, entry, {});
  return space;
};
const rowsIn = async (space: string) => [...(await rowsOf(cloud()).rows(space, keys)).values()].sort(byId);

const pokes = (...spaces: readonly string[]): DynamoDBStreamEvent => ({
  Records: spaces.map((space, i) => ({
    dynamodb: { Keys: { space: { S: space }, seq: { N: '1' } }, SequenceNumber: `${100 + i}` },
  })),
});

const handlerOver = (store: RowStore, more: Partial<History> = {}) => {
  const lines: string[] = [];
  const { client, tables } = cloud();
  const handler = createMaterialiseHandler({
    history: historyOf(cloud(), more),
    store,
    audit: createRowAudit(client, tables),
    removePerson: async () => undefined,
    now: () => 1_000_000,
    sweepPort: createSweepPort(client, tables),
    logger: createLogger({ function: 'materialise', now: () => 1, write: (line) => lines.push(line) }),
  });
  return { handler, lines };
};

describe('the materialiser over DynamoDB', () => {
  it('[M1] [fault 24] makes the rows that the fold makes, unknown fields too, however often it runs', async () => {
    const space = await spaceWithHistory();
    const first = await materialise(feedOf(cloud()), rowsOf(cloud()), space);
    expect(first).toMatchObject({ applied: 4, more: false });
    expect(await rowsIn(space)).toEqual(await expectedRows());
    expect(await materialise(feedOf(cloud()), rowsOf(cloud()), space)).toMatchObject({ applied: 4, rowsWritten: 0 });
    expect(await rowsIn(space)).toEqual(await expectedRows());
  });

  it('[M1] makes the same rows when its position was lost and everything is folded again', async () => {
    const space = await spaceWithHistory();
    const forgetful: RowStore = { ...rowsOf(cloud()), applied: async () => nothingApplied };
    await materialise(feedOf(cloud()), forgetful, space);
    expect(await materialise(feedOf(cloud()), forgetful, space)).toMatchObject({ rowsWritten: 0 });
    expect(await rowsIn(space)).toEqual(await expectedRows());
  });

  it('[M2] [fault 24] makes the same rows when five of them run at once, some of them behind', async () => {
    const space = freshSpace();
    const log = logOf(cloud());
    const runs: Promise<unknown>[] = [];
    for (const entry of history()) {
      await log.append(space, entry, {});
      runs.push(
        materialise(feedOf(cloud()), rowsOf(cloud()), space),
        materialise(feedOf(cloud()), rowsOf(cloud()), space),
      );
    }
    await Promise.all(runs);
    await materialise(feedOf(cloud()), rowsOf(cloud()), space);
    expect(await rowsIn(space)).toEqual(await expectedRows());
    expect((await rowsOf(cloud()).applied(space)).seq).toBe(4);
  });

  it('[M1] [fault 24] goes on where it was killed between two rows', async () => {
    const space = await spaceWithHistory();
    const store = rowsOf(cloud());
    let writes = 0;
    const killed: RowStore = {
      ...store,
      putRow: async (...row) => {
        writes += 1;
        if (writes > 21) throw new Error('killed');
        return store.putRow(...row);
      },
    };
    await expect(materialise(feedOf(cloud()), killed, space)).rejects.toThrow('killed');
    expect(await store.applied(space)).toEqual(nothingApplied);
    await materialise(feedOf(cloud()), store, space);
    expect(await rowsIn(space)).toEqual(await expectedRows());
    expect((await store.applied(space)).seq).toBe(4);
  });
});

describe('the materialiser on the stream', () => {
  it('catches up every space of a batch once, whatever the order and number of pokes', async () => {
    const [a, b] = [await spaceWithHistory(), await spaceWithHistory()];
    const { handler } = handlerOver(rowsOf(cloud()));
    expect(await handler(pokes(b, a, b, b, a))).toEqual({ batchItemFailures: [] });
    expect(await rowsIn(a)).toEqual(await expectedRows());
    expect(await rowsIn(b)).toEqual(await expectedRows());
  });

  it('names the records of a space that fails, and the others are done all the same', async () => {
    const [bad, good] = [await spaceWithHistory(), await spaceWithHistory()];
    const store = rowsOf(cloud());
    const failing: RowStore = {
      ...store,
      putRow: async (space, ...row) => {
        if (space === bad) throw new Error('Coffee with Anna 12.40');
        return store.putRow(space, ...row);
      },
    };
    const { handler, lines } = handlerOver(failing);
    expect(await handler(pokes(good, bad, bad))).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
    expect(await rowsIn(good)).toEqual(await expectedRows());
    expect(lines.join()).toContain('space failed');
    expect(lines.join()).not.toContain('Anna');
  });

  it('leaves to the next delivery what its time does not allow', async () => {
    const space = await spaceWithHistory();
    const late: RemainingTime = { getRemainingTimeInMillis: () => 5 };
    const { handler } = handlerOver(rowsOf(cloud()));
    expect(await handler(pokes(space), late)).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
    expect(await rowsIn(space)).toEqual([]);
  });

  it('folds a log longer than one run', async () => {
    const space = freshSpace();
    const log = logOf(cloud());
    const author = createAuthor(testReplica('a'));
    for (let seq = 1; seq <= 230; seq++) {
      const values: Record<string, Json> = { description: `n${seq}` };
      await log.append(space, author.entry(seq, [expense(testId(1 + (seq % 10)), values)]), {});
    }
    const { handler } = handlerOver(rowsOf(cloud()));
    expect(await handler(pokes(space))).toEqual({ batchItemFailures: [] });
    expect((await rowsOf(cloud()).applied(space)).seq).toBe(230);
  });
});

describe('the sweep', () => {
  it('[fault 24] heals every space whose poke was lost, over several runs when one has no time for all', async () => {
    const { client, tables } = cloud();
    const spaces = [await spaceWithHistory(), await spaceWithHistory(), await spaceWithHistory()];
    const idle = Array.from({ length: 120 }, freshSpace);
    for (const id of [...spaces, ...idle]) {
      await client.send(new PutCommand({ TableName: tables.users, Item: { id, email: 'a@example.org' } }));
    }
    const { handler } = handlerOver(rowsOf(cloud()));
    const users = (await client.send(new ScanCommand({ TableName: tables.users, Select: 'COUNT' }))).Count ?? 0;
    // Time for 110 spaces, so for the first page and a part of the second.
    const contextFor = (looks: number): RemainingTime => {
      let left = looks;
      return { getRemainingTimeInMillis: () => (left-- > 0 ? 60_000 : 0) };
    };
    await handler(scheduled, contextFor(110));
    expect(await createSweepPort(client, tables).cursor()).toBeDefined();
    await handler(scheduled, contextFor(10 * users));
    expect(await createSweepPort(client, tables).cursor()).toBeUndefined();
    for (const space of spaces) expect(await rowsIn(space)).toEqual(await expectedRows());
  });
});
