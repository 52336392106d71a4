import { describe, expect, it } from 'vitest';
import { prepareRequest, type Transport } from './client/exchange.ts';
import { recordActs } from './client/record-acts.ts';
import { backoffMs, initialSyncState, step, type SyncState } from './client/step.ts';
import { limits } from './protocol/limits.ts';
import type { SyncAnswer } from './protocol/messages.ts';
import type { ChangeLog } from './server/ports.ts';
import { createMemoryHistory } from './testing/memory-lifecycle-stores.ts';
import { createMemoryChangeLog, type MemoryChangeLog } from './testing/memory-server-stores.ts';
import {
  createTestDevice,
  createTestServer,
  expenseKey,
  setExpense,
  setNote,
  settleAll,
  type TestServer,
  testSpace,
} from './testing/test-device.ts';
import { pushNotes } from './testing/test-lifecycle.ts';

/** Rows of the fault catalogue in which something breaks on the way, a scenario each; FAULTS.md lists all rows. */

const setup = (log: MemoryChangeLog = createMemoryChangeLog(), seen: ChangeLog = log) => {
  const server = createTestServer(log, { ...createMemoryHistory(log), log: seen });
  return { server, a: createTestDevice('a', server), b: createTestDevice('b', server) };
};
const entriesOf = (server: TestServer) => server.log.entries(testSpace);

describe('append and retry', () => {
  const losing = (server: TestServer, what: 'request' | 'answer'): Transport => ({
    ...server.transport,
    send: async (request) => {
      if (what === 'answer') await server.transport.send(request);
      return { type: 'unreachable' };
    },
  });

  it.each([
    [1, 'request'],
    [2, 'answer'],
  ] as const)('[fault %i] a lost %s is sent again, and is one entry', async (_, what) => {
    const { server, a } = setup();
    await a.act(setNote('tea'));
    await a.sync(1000, losing(server, what));
    expect(a.state().outbox).toHaveLength(1);
    await a.settle();
    expect(entriesOf(server)).toHaveLength(1);
    expect(a.state().outbox).toEqual([]);
  });

  it('[fault 3] of two that are sent at once one is appended, and both are acknowledged', async () => {
    const { server, a } = setup();
    await a.act(setNote('tea'));
    const request = await prepareRequest(a.store, 1000);
    const answers = await Promise.all([server.transport.send(request), server.transport.send(request)]);
    expect(answers.map((each) => each.type === 'answer' && each.answer.acknowledged?.last)).toEqual([1, 1]);
    expect(entriesOf(server)).toHaveLength(1);
  });

  it("[fault 4] the store's own retry that meets its item is recognised", async () => {
    const log = createMemoryChangeLog();
    const retrying: ChangeLog = {
      ...log,
      append: async (space, entry, vector) => {
        await log.append(space, entry, vector);
        return log.append(space, entry, vector);
      },
    };
    const { server, a } = setup(log, retrying);
    await a.act(setNote('tea'));
    expect(await a.sync()).toMatchObject({ type: 'progress', waiting: 0 });
    expect(entriesOf(server)).toHaveLength(1);
  });

  it.each(['before', 'after'])(
    '[fault 5] a function killed %s the write leaves nothing doubled or lost',
    async (when) => {
      const log = createMemoryChangeLog();
      let kills = 1;
      const mortal: ChangeLog = {
        ...log,
        append: async (space, entry, vector) => {
          if (when === 'after' && kills > 0) await log.append(space, entry, vector);
          if (kills-- > 0) throw new Error('killed');
          return log.append(space, entry, vector);
        },
      };
      const { server, a } = setup(log, mortal);
      await a.act(setNote('tea'));
      await expect(a.sync()).rejects.toThrow('killed');
      await a.settle();
      expect(entriesOf(server)).toHaveLength(1);
      expect(a.values()['note']).toBe('tea');
    },
  );

  it('[fault 6] two devices race for one position, and both land', async () => {
    const { server, a, b } = setup();
    await a.act(setNote('by a', 1));
    await b.act(setNote('by b', 2));
    await Promise.all([a.sync(), b.sync()]);
    await settleAll(a, b);
    expect(entriesOf(server).map(({ entry }) => entry.seq)).toEqual([1, 2]);
    expect([a.values(2)['note'], b.values(1)['note']]).toEqual(['by b', 'by a']);
  });

  it('[fault 7] a duplicate from a year ago has no effect', async () => {
    const { server, a } = setup();
    await a.act(setNote('old'));
    const old = await prepareRequest(a.store, 1000);
    await a.settle();
    for (const text of ['new', 'newer']) {
      await a.act(setNote(text));
      await a.settle();
    }
    expect(await server.transport.send(old)).toMatchObject({ answer: { refusal: { type: 'stale' } } });
    expect(entriesOf(server)).toHaveLength(3);
    await a.settle();
    expect(a.values()['note']).toBe('newer');
  });

  it('[fault 8] sent again with more, the known part is dropped', async () => {
    const { server, a } = setup();
    await a.act(setNote('one', 1));
    await server.transport.send(await prepareRequest(a.store, 1000));
    await a.act(setNote('two', 2));
    await a.settle();
    expect(
      entriesOf(server).map(({ entry }) => entry.type === 'changes' && [entry.first, entry.changes.length]),
    ).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it('[fault 9] the same number with other content is a fork, and both are kept', async () => {
    const { server, a, b } = setup();
    const clone = createTestDevice('c', server);
    clone.store.replace(a.state());
    await a.act(setNote('by the first', 1));
    await clone.act(setNote('by the copy', 2));
    await a.settle();
    await settleAll(clone, a, b);
    expect([b.values(1)['note'], b.values(2)['note']]).toEqual(['by the first', 'by the copy']);
    expect(clone.meta().replica).not.toBe(a.meta().replica);
  });

  it('[fault 10] a gap: the log lacks what the device thinks it holds, and it takes another identity', async () => {
    const { server, a, b } = setup();
    await a.act(setNote('one', 1));
    await a.act(setNote('two', 2));
    const request = await prepareRequest(a.store, 1000);
    const push = { first: 2, previous: '1'.repeat(32), changes: request.push?.changes.slice(1) ?? [] };
    expect(await server.transport.send({ ...request, push })).toMatchObject({ answer: { refusal: { type: 'gap' } } });
    expect(entriesOf(server)).toHaveLength(0);
    const { meta } = a.state();
    a.store.replace({ ...a.state(), meta: { ...meta, confirmedNumber: 0 } });
    await settleAll(a, b);
    expect([b.values(1)['note'], b.values(2)['note']]).toEqual(['one', 'two']);
  });

  it('[fault 14] a change over the limit is refused when it is typed, and never queued', async () => {
    const { a } = setup();
    const recorded = await recordActs(a.store, [setNote('x'.repeat(limits.changeSizeBytesMax))], { at: 1 });
    expect(recorded).toMatchObject({ ok: false, error: { type: 'invalid', reason: { type: 'tooLarge' } } });
    expect(a.state().outbox).toEqual([]);
  });

  it('[fault 15] a poisoned change is flagged and shown to its author, and the queue goes on', async () => {
    const { a, b } = setup();
    await a.act(setExpense({ date: 'the day before' }, 1), { check: () => undefined });
    await a.act(setNote('behind it', 2));
    await settleAll(a, b);
    expect(a.state().outbox).toEqual([]);
    expect(a.state().journal).toMatchObject([{ type: 'rejected', reason: { type: 'value', group: 'date' } }]);
    expect(b.values(2)['note']).toBe('behind it');
  });
});

describe('the feed', () => {
  const answering = (server: TestServer, change: (answer: SyncAnswer) => SyncAnswer): Transport => ({
    ...server.transport,
    send: async (request) => {
      const result = await server.transport.send(request);
      return result.type === 'answer' ? { ...result, answer: change(result.answer) } : result;
    },
  });

  it('[fault 16] a stale read gives less, and the cursor does not go back', async () => {
    const { server, a, b } = setup();
    await pushNotes(a, 1, 3);
    await b.settle();
    await pushNotes(a, 4, 2);
    const cursors = [];
    for (const seen of [1, 0, 2]) {
      await b.sync(
        1000,
        answering(server, (answer) => ({ ...answer, entries: answer.entries.slice(0, seen), more: true })),
      );
      cursors.push(b.meta().cursor);
    }
    expect(cursors).toEqual([4, 4, 5]);
  });

  it('[fault 17] a device stops at a hole, whatever the answer holds behind it', async () => {
    const { server, a, b } = setup();
    await pushNotes(a, 1, 3);
    await b.sync(
      1000,
      answering(server, (answer) => ({ ...answer, entries: answer.entries.filter(({ seq }) => seq !== 2) })),
    );
    expect(b.meta().cursor).toBe(1);
    await b.settle();
    expect(b.meta()).toMatchObject({ cursor: 3, digest: a.meta().digest });
  });

  it('[fault 18] an answer that comes twice is dropped the second time', async () => {
    const { server, a, b } = setup();
    await pushNotes(a, 1, 2);
    const outcomes = await Promise.all([b.sync(), b.sync()]);
    expect(outcomes.map(({ type }) => type).sort((one, other) => one.localeCompare(other))).toEqual([
      'discarded',
      'progress',
    ]);
    expect(b.meta()).toMatchObject({ cursor: 2, digest: a.meta().digest });
    expect(entriesOf(server)).toHaveLength(2);
  });

  it("[fault 19] a log over one answer's size comes in several", async () => {
    const { server, a, b } = setup();
    const text = 'x'.repeat(limits.textLengthMax);
    for (let page = 0; page < 2; page++) {
      await a.act(Array.from({ length: 250 }, (_, i) => setNote(text, page * 250 + i + 1)));
      await a.settle();
    }
    const sizes: number[] = [];
    const rounds = await b.settle(
      1000,
      answering(server, (answer) => (sizes.push(answer.entries.length), answer)),
    );
    expect(rounds).toBe(2);
    expect(sizes).toEqual([1, 1]);
    expect(b.meta().digest).toBe(a.meta().digest);
  });
});

describe('device storage', () => {
  it('[fault 42] the last transactions were lost: what the log has comes back, and the rest goes on', async () => {
    const { a, b } = setup();
    await a.act(setNote('one', 1));
    await a.settle();
    const before = a.state();
    await a.act(setNote('two', 2));
    await a.settle();
    a.store.replace(before);
    await a.act(setNote('three', 3));
    await settleAll(a, b);
    expect([1, 2, 3].map((n) => b.values(n)['note'])).toEqual(['one', 'two', 'three']);
    expect([1, 2, 3].map((n) => a.values(n)['note'])).toEqual(['one', 'two', 'three']);
  });

  it('[fault 51] a claim that broke off goes on from its progress, and nothing is doubled', async () => {
    const { server, a } = setup();
    const claim = (number: number, done: boolean) => ({
      at: 5,
      claim: { from: 'local', after: expenseKey(number), done },
    });
    await a.act(setNote('first', 1), claim(1, false));
    const again = createTestDevice('z', server);
    again.store.replace(a.state());
    expect(again.meta().claim).toEqual({ from: 'local', after: expenseKey(1), done: false });
    await again.act(setNote('second', 2), claim(2, true));
    await again.settle();
    expect(entriesOf(server).flatMap(({ entry }) => (entry.type === 'changes' ? entry.changes : []))).toHaveLength(2);
  });
});

describe('liveness', () => {
  it('[fault 70] whatever state the loop is in, waking it makes it ask again', () => {
    const refused = { type: 'failed', result: { type: 'unreachable' } } as const;
    const waiting = step(initialSyncState, { type: 'exchanged', outcome: refused, chance: 0.5 }).state;
    const states: readonly SyncState[] = [initialSyncState, waiting];
    for (const state of states) expect(step(state, { type: 'wake' }).effects).toMatchObject([{ type: 'exchange' }]);
    expect(backoffMs(1000, 1)).toBeLessThanOrEqual(300_000);
  });
});
