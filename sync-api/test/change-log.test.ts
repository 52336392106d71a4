import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { chainStart, type LogEntry, limits } from '@fintrack/sync-core/protocol';
import { acceptPush } from '@fintrack/sync-core/server';
import { changeLogCases, createAuthor, logRemovalCases, testId, testReplica } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { createChangeLog } from '../src/dynamodb/change-log.ts';
import { StoreUnavailable } from '../src/store-unavailable.ts';
import { expense } from './device.ts';
import { type Fault, faultyClient, feedOf, freshSpace, logOf, namedError, noise, useCloud } from './support.ts';

const cloud = useCloud();

const replica = testReplica('a');
const push = (texts: readonly string[]) => ({
  first: 1,
  previous: chainStart,
  changes: texts.map((description, index) => expense(testId(index + 1), { description })),
});
const entryOf = (seq: number, text: string) =>
  createAuthor(replica).entry(seq, [expense(testId(seq), { description: text })]);
const bounds = { entriesMax: 1_000, sizeBytesMax: 100_000_000, isConsistent: true };
const logWith = (fault: Fault, perTry = false) =>
  createChangeLog(faultyClient(cloud(), fault, perTry), cloud().tables.syncLog);

describe('a log in DynamoDB keeps the contract', () => {
  for (const { name, run } of [...changeLogCases, ...logRemovalCases]) {
    it(name, () => run(async () => ({ log: logOf(cloud()), space: freshSpace() })));
  }
});

describe('two writers at one position', () => {
  it('[fault 6] both land, one behind the other, and the loser is told what stands there', async () => {
    const space = freshSpace();
    const log = logOf(cloud());
    const [a, b] = await Promise.all(
      ['a', 'b'].map((letter) =>
        acceptPush(feedOf(cloud(), log), space, testReplica(letter), push([letter]), undefined, 1_000),
      ),
    );
    expect([a?.ok, b?.ok]).toEqual([true, true]);
    const tail = await log.tail(space);
    expect(tail?.entry.seq).toBe(2);
    expect(Object.keys(tail?.vector ?? {}).sort()).toEqual([testReplica('a'), testReplica('b')].sort());
  });

  it('twenty at once leave a dense log with every one of them', async () => {
    const space = freshSpace();
    const log = logOf(cloud());
    const letters = Array.from({ length: 20 }, (_, i) => String.fromCharCode(97 + i));
    const tries = letters.map(async (letter) => {
      for (;;) {
        const tail = await log.tail(space);
        const pushed = await acceptPush(feedOf(cloud(), log), space, testReplica(letter), push([letter]), tail, 1_000);
        if (pushed.ok) return;
        expect(pushed.error.type).toBe('busy');
      }
    });
    await Promise.all(tries);
    const run = await log.after(space, 0, bounds);
    expect(run.map(({ entry }) => entry.seq)).toEqual(letters.map((_, i) => i + 1));
    expect(Object.keys(run.at(-1)?.vector ?? {})).toHaveLength(20);
  });
});

describe('a write of which nobody knows', () => {
  it('[S4] [fault 12] is recognised when the answer was lost after the item was written', async () => {
    const space = freshSpace();
    let lost = 0;
    const log = logWith(async (command, send) => {
      await send();
      if (command !== 'PutItemCommand') return;
      lost += 1;
      throw namedError('TimeoutError');
    });
    const pushed = await acceptPush(feedOf(cloud(), log), space, replica, push(['tea']), undefined, 1_000);
    expect(pushed).toMatchObject({ ok: true, value: { tail: { entry: { seq: 1, replica } } } });
    expect(lost).toBe(1);
    expect(await logOf(cloud()).after(space, 0, bounds)).toHaveLength(1);
  });

  it("[S4] [fault 4] meets its own item when the SDK's second try finds the first one written", async () => {
    const space = freshSpace();
    let tries = 0;
    const log = logWith(async (command, send) => {
      if (command === 'PutItemCommand') tries += 1;
      await send();
      if (command === 'PutItemCommand' && tries === 1) throw namedError('TimeoutError');
    }, true);
    const pushed = await acceptPush(feedOf(cloud(), log), space, replica, push(['tea']), undefined, 1_000);
    expect(pushed).toMatchObject({ ok: true, value: { tail: { entry: { seq: 1 } } } });
    expect(tries).toBe(2);
    expect(await logOf(cloud()).after(space, 0, bounds)).toHaveLength(1);
  });

  it.each([
    ['a time-out', namedError('TimeoutError')],
    ['a broken connection', namedError('Error', { code: 'ECONNRESET' })],
  ])('[S4] is tried again after %s that came before anything was written', async (_, error) => {
    const space = freshSpace();
    let puts = 0;
    const log = logWith(async (command, send) => {
      if (command === 'PutItemCommand') puts += 1;
      if (command === 'PutItemCommand' && puts === 1) throw error;
      await send();
    });
    const pushed = await acceptPush(feedOf(cloud(), log), space, replica, push(['tea']), undefined, 1_000);
    expect(pushed.ok).toBe(true);
    expect(puts).toBe(2);
    expect(await logOf(cloud()).after(space, 0, bounds)).toHaveLength(1);
  });
});

describe('a throttled log', () => {
  const throttle: Fault = async (command, send) => {
    if (command === 'PutItemCommand' || command === 'QueryCommand') throw namedError('ThrottlingException');
    await send();
  };

  it('[fault 11] answers an append with a delay, and nothing is written', async () => {
    const space = freshSpace();
    const pushed = await acceptPush(
      feedOf(cloud(), logWith(throttle)),
      space,
      replica,
      push(['tea']),
      undefined,
      1_000,
    );
    expect(pushed).toMatchObject({ ok: false, error: { type: 'throttled' } });
    expect(pushed.ok || pushed.error.delayMs).toBeGreaterThan(0);
    expect(await logOf(cloud()).tail(space)).toBeUndefined();
  });

  it('rejects reads as unavailable, which is no bug', async () => {
    await expect(logWith(throttle).tail(freshSpace())).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('lets an error through that waiting does not mend', async () => {
    const log = createChangeLog(cloud().client, 'no-such-table');
    await expect(log.tail(freshSpace())).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('sizes', () => {
  it('[fault 13] an item whose packed changes pass the limit is refused before it is written', async () => {
    const space = freshSpace();
    const texts = Array.from({ length: 300 }, (_, i) => noise(2_000, i));
    const pushed = await acceptPush(feedOf(cloud()), space, replica, push(texts), undefined, 1_000);
    expect(pushed).toMatchObject({ ok: false, error: { type: 'tooLarge', limitBytes: limits.logItemSizeBytesMax } });
    expect(await logOf(cloud()).tail(space)).toBeUndefined();
  });

  it("[fault 13] an item that passes the engine's own limit is refused too", async () => {
    const space = freshSpace();
    const vector = Object.fromEntries(
      Array.from({ length: 13_000 }, (_, i) => [i.toString(16).padStart(16, '0'), [1, chainStart, 1]] as const),
    );
    const appended = await logOf(cloud()).append(space, entryOf(1, 'tea'), vector);
    expect(appended).toMatchObject({ type: 'tooLarge' });
  });

  it('a run goes on over several pages of 1 MB, and stops at its bounds', async () => {
    const space = freshSpace();
    const log = logOf(cloud());
    for (let seq = 1; seq <= 8; seq++) {
      const author = createAuthor(replica);
      const changes = Array.from({ length: 100 }, (_, i) =>
        expense(testId(i + 1), { description: noise(2_000, seq * 1_000 + i) }),
      );
      expect(await log.append(space, author.entry(seq, changes), {})).toEqual({ type: 'appended' });
    }
    const run = await log.after(space, 0, bounds);
    expect(run.map(({ entry }) => entry.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(run.reduce((sum, each) => sum + each.sizeBytes, 0)).toBeGreaterThan(1_048_576);
    const half = (run[0]?.sizeBytes ?? 0) * 4.5;
    expect(await log.after(space, 0, { ...bounds, sizeBytesMax: half })).toHaveLength(4);
    expect(await log.after(space, 5, { ...bounds, entriesMax: 2 })).toHaveLength(2);
  });

  it('a run of entries that unpack to very much stops before they fill the memory', async () => {
    const space = freshSpace();
    const log = logOf(cloud());
    for (let seq = 1; seq <= 4; seq++) {
      const changes = Array.from({ length: 900 }, (_, i) => expense(testId(i + 1), { description: 'x'.repeat(2_000) }));
      await log.append(space, createAuthor(replica).entry(seq, changes), {});
    }
    const run = await log.after(space, 0, bounds);
    expect(run).toHaveLength(2);
    expect(run.reduce((sum, each) => sum + each.sizeBytes, 0)).toBeLessThan(100_000);
  });
});

describe('what a newer program wrote', () => {
  it('[F9] unknown members of an entry are served as they are', async () => {
    const space = freshSpace();
    const log = logOf(cloud());
    const entry = { ...entryOf(1, 'tea'), laterMember: { b: [1, null, 'ü'], a: '' }, space_note: 'x' };
    await log.append(space, entry, {});
    expect((await log.tail(space))?.entry).toEqual(entry);
  });

  it('[F9] an entry of an unknown type keeps its place in the run', async () => {
    const space = freshSpace();
    const { client, tables } = cloud();
    const item = { space, seq: 1, type: 'later', epoch: 1, received_at: 7, vector: {}, payload: { z: 1 } };
    await client.send(new PutCommand({ TableName: tables.syncLog, Item: item }));
    const log = logOf(cloud());
    const [stored] = await log.after(space, 0, bounds);
    expect(stored?.entry).toEqual({ seq: 1, type: 'later', epoch: 1, receivedAt: 7, payload: { z: 1 } });
    expect(await log.append(space, entryOf(1, 'tea'), {})).toMatchObject({
      type: 'occupied',
      by: { entry: { type: 'later', payload: { z: 1 } } },
    });
  });

  it.each<LogEntry>([
    { type: 'epoch', seq: 1, epoch: 2, receivedAt: 9, restoredHead: 4 },
    { type: 'seal', seq: 1, epoch: 1, receivedAt: 9 },
    { type: 'server', seq: 1, epoch: 1, receivedAt: 9, id: testId(9), changes: [{ z: 1 }] },
  ])('an entry of type $type is read back', async (entry) => {
    const space = freshSpace();
    const log = logOf(cloud());
    await log.append(space, entry, { [replica]: [3, chainStart, 1] });
    expect(await log.tail(space)).toMatchObject({ entry, vector: { [replica]: [3, chainStart, 1] } });
  });

  it('a damaged item is an error, not an empty log', async () => {
    const space = freshSpace();
    const { client, tables } = cloud();
    await client.send(new PutCommand({ TableName: tables.syncLog, Item: { space, seq: 1, type: 'changes' } }));
    await expect(logOf(cloud()).tail(space)).rejects.toThrow();
  });
});
