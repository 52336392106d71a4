import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { profileId, recordKey } from '@fintrack/sync-core/protocol';
import { rowRemovalCases, rowStoreCases, testId } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { createRowStore } from '../src/dynamodb/row-store.ts';
import { indexNames } from '../src/env-names.ts';
import { StoreUnavailable } from '../src/store-unavailable.ts';
import { faultyClient, freshSpace, namedError, rowOf, rowsOf, useCloud, version } from './support.ts';

const cloud = useCloud();

const spent = { amount: { minor: 1240, currency: 'EUR' }, date: '2026-03-01' };
const itemAt = async (tableName: string, id: string) =>
  (await cloud().client.send(new GetCommand({ TableName: tableName, Key: { id }, ConsistentRead: true }))).Item;
const expensesOf = async (space: string) => {
  const read = new QueryCommand({
    TableName: cloud().tables.expenses,
    IndexName: indexNames.expensesByUserAndDate,
    KeyConditionExpression: 'user_id = :user',
    ExpressionAttributeValues: { ':user': space },
  });
  return (await cloud().client.send(read)).Items ?? [];
};

describe('the tables in DynamoDB keep the contract', () => {
  for (const { name, run } of [...rowStoreCases, ...rowRemovalCases]) {
    it(name, () => run(async () => ({ rows: rowsOf(cloud()), space: freshSpace() })));
  }
});

describe('what a table shows of a record', () => {
  it('an expense has its columns, and is found by user and date', async () => {
    const space = freshSpace();
    const values = { ...spent, category: null, description: 'tea', note: '', laterField: { z: 1 } };
    await rowsOf(cloud()).putRow(space, rowOf('expense', testId(1), values), 0);
    const [item] = await expensesOf(space);
    expect(item).toMatchObject({
      id: `${space}#${testId(1)}`,
      user_id: space,
      date: '2026-03-01',
      amount: 1240,
      currency: 'EUR',
      category: null,
      description: 'tea',
      note: '',
      seq: 3,
    });
    expect(Object.keys(item ?? {})).not.toContain('laterField');
  });

  it('income and budget have theirs', async () => {
    const space = freshSpace();
    const { tables } = cloud();
    const rows = rowsOf(cloud());
    await rows.putRow(space, rowOf('income', testId(1), { ...spent, source: 'work', category: { later: 1 } }), 0);
    const of = { category: testId(9), month: '2026-03', currency: 'EUR' };
    const budget = rowOf('budget', testId(2), { of, amount: { minor: 30_000, currency: 'EUR' } });
    await rows.putRow(space, budget, 0);
    const income = await itemAt(tables.income, `${space}#${testId(1)}`);
    expect(income).toMatchObject({ user_id: space, date: '2026-03-01', amount: 1240, currency: 'EUR', source: 'work' });
    expect(income).not.toHaveProperty('category');
    expect(await itemAt(tables.budgets, `${space}#${testId(2)}`)).toMatchObject({
      user_id: space,
      month: '2026-03',
      category: testId(9),
      amount: 30_000,
      currency: 'EUR',
    });
  });

  it('what was said about advice and what was forecast have theirs, and a place of their own under any id', async () => {
    const space = freshSpace();
    const { tables, client } = cloud();
    const rows = rowsOf(cloud());
    const range = { low: 20_000, high: 40_000 };
    const amount = { minor: 30_000, currency: 'EUR' };
    const of = { month: '2026-03', currency: 'EUR', category: null };
    const all = [
      rowOf('dismissal', testId(1), { insight: 'pace', reason: 'known', of: { month: '2026-03' } }),
      rowOf('forecast', testId(1), { of, made: '2026-02-28', amount, range }),
      rowOf('dismissal', testId(2), { reason: 'known' }),
    ];
    for (const row of all) expect(await rows.putRow(space, row, 0)).toBe(true);
    const keys = all.map(({ kind, id }) => recordKey(kind, id));
    expect([...(await rows.rows(space, keys)).values()]).toHaveLength(3);
    const read = new QueryCommand({
      TableName: tables.advice,
      IndexName: indexNames.adviceByUser,
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': space },
    });
    const { Items: items = [] } = await client.send(read);
    const dismissal = { id: `${space}#dismissal/${testId(1)}`, kind: 'dismissal', insight: 'pace', reason: 'known' };
    const month = { month: '2026-03', currency: 'EUR', category: null, made: '2026-02-28' };
    const forecast = { kind: 'forecast', ...month, amount: 30_000, low: 20_000, high: 40_000 };
    const state = expect.any(Uint8Array);
    expect(items.sort((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1))).toEqual([
      { ...dismissal, user_id: space, seq: 3, state },
      { id: `${space}#forecast/${testId(1)}`, ...forecast, user_id: space, seq: 3, state },
    ]);
  });

  it('a tombstone leaves the index and stays in the table, and a restore brings it back', async () => {
    const space = freshSpace();
    const rows = rowsOf(cloud());
    const live = rowOf('expense', testId(1), spent);
    await rows.putRow(space, live, 0);
    await rows.putRow(space, { ...live, seq: 4, deleted: { value: true, version: { ...version, seq: 4 } } }, 3);
    expect(await expensesOf(space)).toEqual([]);
    const tombstone = await itemAt(cloud().tables.expenses, `${space}#${testId(1)}`);
    expect(Object.keys(tombstone ?? {}).sort()).toEqual(['id', 'seq', 'state']);
    await rows.putRow(space, { ...live, seq: 5, deleted: { value: false, version: { ...version, seq: 5 } } }, 4);
    expect(await expensesOf(space)).toHaveLength(1);
  });

  it('a record without a date, or with one that is none, is kept outside the index', async () => {
    const space = freshSpace();
    const rows = rowsOf(cloud());
    await rows.putRow(space, rowOf('expense', testId(1), { description: 'tea' }), 0);
    await rows.putRow(space, rowOf('expense', testId(2), { ...spent, date: 20_260_301 }), 0);
    expect(await expensesOf(space)).toEqual([]);
    const keys = [1, 2].map((number) => recordKey('expense', testId(number)));
    expect((await rows.rows(space, keys)).size).toBe(2);
  });

  it('half a character, which no database takes, is replaced in the column and kept in the record', async () => {
    const space = freshSpace();
    const rows = rowsOf(cloud());
    const row = rowOf('expense', testId(1), { ...spent, description: 'tea \ud83d', note: 'half \udc00 and ☕' });
    expect(await rows.putRow(space, row, 0)).toBe(true);
    expect(await expensesOf(space)).toMatchObject([{ description: 'tea \ufffd', note: 'half \ufffd and ☕' }]);
    const key = recordKey('expense', testId(1));
    expect((await rows.rows(space, [key])).get(key)).toEqual(row);
  });

  it('the profile feeds Users and touches neither email nor created_at', async () => {
    const space = freshSpace();
    const { tables } = cloud();
    const rows = rowsOf(cloud());
    const profile = rowOf('profile', profileId, { name: 'Ada', currency: 'EUR', monthStart: 1 });
    expect(await rows.putRow(space, profile, 0)).toBe(true);
    expect(await rows.putRow(space, profile, 0)).toBe(false);
    expect(await itemAt(tables.users, space)).toMatchObject({ id: space, name: 'Ada', currency: 'EUR', seq: 3 });
    const key = recordKey('profile', profileId);
    expect((await rows.rows(space, [key])).get(key)).toEqual(profile);
    expect(await rows.putRow(space, { ...profile, seq: 9 }, 3)).toBe(true);
  });

  it('a profile under another id is no row of Users', async () => {
    const space = freshSpace();
    const rows = rowsOf(cloud());
    expect(await rows.putRow(space, rowOf('profile', testId(7), { name: 'Eve' }), 0)).toBe(true);
    expect(await itemAt(cloud().tables.users, space)).toBeUndefined();
    expect((await rows.rows(space, [recordKey('profile', testId(7))])).size).toBe(0);
  });
});

describe('a space whose rows are removed', () => {
  it('keeps of its person what the sign-up wrote', async () => {
    const space = freshSpace();
    const { client, tables } = cloud();
    const signedUp = { id: space, email: 'a@example.org', created_at: '2020-01-01T00:00:00.000Z' };
    await client.send(new PutCommand({ TableName: tables.users, Item: signedUp }));
    await rowsOf(cloud()).putRow(space, rowOf('profile', profileId, { name: 'Ada' }), 0);
    await rowsOf(cloud()).removeAll(space, []);
    expect(await itemAt(tables.users, space)).toEqual({ ...signedUp, name: 'Ada' });
  });

  it('has no item made for it in Users', async () => {
    const space = freshSpace();
    await rowsOf(cloud()).removeAll(space, [recordKey('profile', profileId)]);
    expect(await itemAt(cloud().tables.users, space)).toBeUndefined();
  });

  it('is removed although the database takes some of a batch only', async () => {
    const space = freshSpace();
    const client = faultyClient(cloud(), async (_, send) => send());
    let batches = 0;
    client.middlewareStack.add(
      (next) => async (args) => {
        if (!('RequestItems' in args.input) || batches++ > 0) return next(args);
        return { response: {}, output: { $metadata: {}, UnprocessedItems: args.input.RequestItems } };
      },
      { step: 'initialize', priority: 'low', name: 'unprocessed' },
    );
    await rowsOf(cloud()).putRow(space, rowOf('expense', testId(1), spent), 0);
    await createRowStore(client, cloud().tables).removeAll(space, []);
    expect(await expensesOf(space)).toEqual([]);
    expect(batches).toBeGreaterThan(1);
  });
});

describe('a database that is short of capacity', () => {
  it('keys left unprocessed are asked for again', async () => {
    const space = freshSpace();
    const { tables } = cloud();
    let batches = 0;
    const client = faultyClient(cloud(), async (command, send) => {
      if (command === 'BatchGetItemCommand') batches += 1;
      await send();
    });
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        if (batches === 1 && 'RequestItems' in args.input && 'Responses' in answer.output) {
          Object.assign(answer.output, { Responses: {}, UnprocessedKeys: args.input.RequestItems });
        }
        return answer;
      },
      { step: 'initialize', priority: 'low', name: 'unprocessed' },
    );
    const rows = createRowStore(client, tables);
    await rows.putRow(space, rowOf('expense', testId(1), spent), 0);
    expect((await rows.rows(space, [recordKey('expense', testId(1))])).size).toBe(1);
    expect(batches).toBe(2);
  });

  it('a write that stays throttled is an unavailable store, and the row is as it was', async () => {
    const space = freshSpace();
    const client = faultyClient(cloud(), async (command, send) => {
      if (command === 'PutItemCommand') throw namedError('ProvisionedThroughputExceededException');
      await send();
    });
    const put = createRowStore(client, cloud().tables).putRow(space, rowOf('expense', testId(1), spent), 0);
    await expect(put).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await expensesOf(space)).toEqual([]);
  });
});
