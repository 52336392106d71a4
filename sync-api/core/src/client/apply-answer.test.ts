import { describe, expect, it } from 'vitest';
import type { SyncAnswer, SyncRequest, WireEntry } from '../protocol/messages.ts';
import { createAuthor, testId, testReplica } from '../testing/change-builder.ts';
import {
  brokenInvariant,
  createTestPair,
  deleteExpense,
  expenseKey,
  setExpense,
  setNote,
  type TestDevice,
  type TestServer,
} from '../testing/test-device.ts';
import { applyAnswer } from './apply-answer.ts';
import { prepareRequest } from './exchange.ts';
import type { ClientStore } from './ports.ts';

const options = { newReplica: testReplica('z'), now: 77 };

/** The request of a device and the server's answer to it, on their way. */
const ask = async (device: TestDevice, server: TestServer): Promise<[SyncRequest, SyncAnswer]> => {
  const request = await prepareRequest(device.store, 1000);
  const result = await server.transport.send(request);
  if (result.type !== 'answer') throw new Error(`no answer: ${result.type}`);
  return [request, result.answer];
};
/** Entries by another replica, as an answer carries them. */
const foreign = (count: number, changesEach = 1): WireEntry[] => {
  const author = createAuthor(testReplica('x'));
  return Array.from({ length: count }, (_, i) => {
    const numbers = Array.from({ length: changesEach }, (_each, j) => i * changesEach + j + 1);
    const changes = numbers.map((n) => ({ kind: 'expense', id: testId(n), at: n, set: { note: [`n${n}`] as const } }));
    return { ...author.entry(i + 1, changes), changes, rejected: [] };
  });
};
const answerOf = (entries: readonly WireEntry[], more: Partial<SyncAnswer> = {}): SyncAnswer => ({
  epoch: 1,
  head: entries.at(-1)?.seq ?? 0,
  serverTime: 1,
  acknowledged: null,
  entries: [...entries],
  more: false,
  ...more,
});

describe('what leaves the outbox', () => {
  it('[D2] a change leaves in the transaction that folds the entry holding it, and is kept with its place', async () => {
    const { server, a } = createTestPair();
    await a.act([setNote('tea', 1), setNote('rent', 2)]);
    const { changes, identities } = a.state().outbox[0] ?? {};
    expect(await a.sync()).toEqual({ type: 'progress', waiting: 0, more: false, moved: true });
    expect(a.state().outbox).toEqual([]);
    expect(a.meta()).toMatchObject({ cursor: 1, confirmedNumber: 2 });
    expect(a.state().records.get(expenseKey())).toMatchObject({ pending: [], confirmed: { seq: 1 } });
    expect(a.state().kept).toMatchObject([{ epoch: 1, seq: 1, changes, identities, own: 'all' }]);
    expect(brokenInvariant(server, a)).toBeUndefined();
  });

  it('[D2] an acknowledgement alone clears nothing: the entry has to come', async () => {
    const { server, a } = createTestPair();
    await a.act(setNote('tea'));
    const [request, answer] = await ask(a, server);
    expect(answer.acknowledged).toMatchObject({ last: 1 });
    const before = a.state();
    const outcome = await applyAnswer(a.store, request, { ...answer, entries: [] }, options);
    expect(outcome).toMatchObject({ type: 'progress', waiting: 1, more: true, moved: false });
    expect(a.state().outbox).toEqual(before.outbox);
  });

  it('[D2] an item that the log holds in part is trimmed, on the same chain', async () => {
    const { server, a } = createTestPair();
    await a.act([setNote('one', 1), setNote('two', 2), setNote('three', 3)]);
    const whole = a.state().outbox[0];
    await a.sync(2);
    expect(a.state().outbox).toMatchObject([{ first: 3, last: 3, hash: whole?.hash }]);
    expect(a.state().outbox[0]?.identities).toEqual(whole?.identities.slice(2));
    expect(a.state().records.get(expenseKey(1))?.pending).toEqual([]);
    expect(a.state().records.get(expenseKey(3))?.pending).toEqual([3]);
    expect(brokenInvariant(server, a)).toBeUndefined();
    await a.settle(2);
    expect(a.state().outbox).toEqual([]);
  });

  it('[S3] a change the server flagged leaves too, journaled, and what waited behind it goes on', async () => {
    const { server, a } = createTestPair();
    await a.act(setExpense({ note: 'tea', date: 'never' }), { check: () => undefined });
    await a.act(setNote('rent', 2));
    await a.settle();
    expect(a.state().outbox).toEqual([]);
    expect(a.row()).toBeUndefined();
    expect(a.values(2)).toEqual({ note: 'rent' });
    expect(a.state().journal).toMatchObject([{ type: 'rejected', reason: { type: 'value', group: 'date' } }]);
    expect(brokenInvariant(server, a)).toBeUndefined();
  });
});

describe('which answers count', () => {
  it('[D3] an answer that comes twice is dropped the second time', async () => {
    const { server, a, b } = createTestPair();
    await b.act(setNote('tea'));
    await b.settle();
    const [request, answer] = await ask(a, server);
    await applyAnswer(a.store, request, answer, options);
    const before = a.state();
    expect(await applyAnswer(a.store, request, answer, options)).toEqual({ type: 'discarded' });
    expect(a.state()).toBe(before);
  });

  it('[D3] an answer to another cursor, epoch or identity is dropped', async () => {
    const { server, a } = createTestPair();
    const [request, answer] = await ask(a, server);
    const before = a.state();
    for (const other of [{ cursor: 1 }, { epoch: 2 }, { replica: testReplica('y') }]) {
      const outcome = await applyAnswer(a.store, { ...request, ...other }, answer, options);
      expect(outcome).toEqual({ type: 'discarded' });
    }
    expect(a.state()).toBe(before);
  });

  it('[S5] nothing is folded over a hole; what lies before it is', async () => {
    const { server, a } = createTestPair();
    const [request] = await ask(a, server);
    const [one, , three] = foreign(3);
    const outcome = await applyAnswer(a.store, request, answerOf([one, three] as WireEntry[]), options);
    expect(outcome).toMatchObject({ type: 'progress', more: true, moved: true });
    expect(a.meta().cursor).toBe(1);
    expect(a.row(3)).toBeUndefined();
    const again = await applyAnswer(a.store, { ...request, cursor: 1 }, answerOf([three] as WireEntry[]), options);
    expect(again).toMatchObject({ more: true, moved: false });
  });

  it("[P4] an entry whose chain does not end in its hash is corrupt, and nothing of its step's run is written", async () => {
    const { server, a } = createTestPair();
    const [request] = await ask(a, server);
    const [one, two] = foreign(2);
    const before = a.state();
    const broken = { ...two, hash: 'f'.repeat(32) } as WireEntry;
    expect(await applyAnswer(a.store, request, answerOf([one, broken] as WireEntry[]), options)).toEqual({
      type: 'corrupt',
    });
    expect(a.state()).toBe(before);
  });

  it('[D3] a long answer commits in steps, and a crash between two leaves cursor and data together', async () => {
    const { server, a } = createTestPair();
    const [first, ...entries] = foreign(13, 1000);
    const [atStart] = await ask(a, server);
    await applyAnswer(a.store, atStart, answerOf(first ? [first] : []), options);
    const request = await prepareRequest(a.store, 1000);
    let transactions = 0;
    const crashing: ClientStore = {
      transact: (plan) => {
        transactions += 1;
        return transactions > 2 ? Promise.reject(new Error('killed')) : a.store.transact(plan);
      },
    };
    await expect(applyAnswer(crashing, request, answerOf(entries), options)).rejects.toThrow('killed');
    expect(a.meta().cursor).toBe(11);
    expect(a.state().records.size).toBe(11_000);
    const rest = await prepareRequest(a.store, 1000);
    await applyAnswer(a.store, rest, answerOf(entries.slice(10)), options);
    expect(a.state().records.size).toBe(13_000);
    expect(transactions).toBe(3);
  });

  it('[D3] a device that has nothing of the log yet takes a whole answer in one step', async () => {
    const { server, a } = createTestPair();
    const [request] = await ask(a, server);
    let transactions = 0;
    const counting: ClientStore = { transact: (plan) => a.store.transact(plan).finally(() => (transactions += 1)) };
    await applyAnswer(counting, request, answerOf(foreign(7, 1000)), options);
    expect(a.state().records.size).toBe(7000);
    expect(transactions).toBe(1);
  });

  it('[I6] a remote value lands under an own pending one: shown stays, and the conflict is found later', async () => {
    const { server, a, b } = createTestPair();
    await a.act(setNote('tea'));
    await a.settle();
    await b.settle();
    await b.act(setNote('remote'), { at: 900_000 });
    await b.settle();
    await a.act(setNote('mine'), { at: 950_000 });
    const [request, answer] = await ask(b, server);
    expect(request.push).toBeUndefined();
    await applyAnswer(b.store, request, answer, options);
    const pull = await prepareRequest(a.store, 1000);
    const { push: _, ...withoutPush } = pull;
    const result = await server.transport.send(withoutPush);
    if (result.type !== 'answer') throw new Error('no answer');
    await applyAnswer(a.store, withoutPush, result.answer, options);
    expect(a.values()).toEqual({ note: 'mine' });
    expect(a.state().records.get(expenseKey())?.confirmed?.cells['note']?.value).toBe('remote');
    await a.settle();
    expect(a.values()).toEqual({ note: 'mine' });
    expect(a.state().journal).toMatchObject([{ type: 'lost', value: 'remote' }]);
  });

  it('a sealed log asks for nothing more', async () => {
    const { server, a } = createTestPair();
    const [request] = await ask(a, server);
    await a.act(setNote('too late'));
    const seal: WireEntry = { type: 'seal', seq: 1, epoch: 1, receivedAt: 5 };
    expect(await applyAnswer(a.store, request, answerOf([seal]), options)).toMatchObject({ waiting: 1, more: false });
    expect(a.meta().sealed).toBe(true);
  });

  it('a restore that the log tells of is kept with what it kept', async () => {
    const { server, a } = createTestPair();
    const [request] = await ask(a, server);
    const mark: WireEntry = { type: 'epoch', seq: 1, epoch: 2, receivedAt: 5, restoredHead: 0 };
    await applyAnswer(a.store, request, answerOf([mark]), options);
    expect(a.meta().epochs).toEqual([{ epoch: 2, restoredHead: 0 }]);
  });
});

describe('two syncers on one store', () => {
  it('[D6] neither lose nor double anything', async () => {
    const { server, a, b } = createTestPair();
    for (let i = 1; i <= 6; i++) await a.act(setNote(`n${i}`, i));
    await a.act(deleteExpense(6));
    await Promise.all([a.sync(2), a.sync(3), a.sync(1)]);
    await Promise.all([a.settle(2), a.settle(3)]);
    await b.settle();
    expect(brokenInvariant(server, a)).toBeUndefined();
    expect(a.meta().replica).toBe(testReplica('a'));
    expect(server.log.entries('space').flatMap(({ entry }) => ('changes' in entry ? entry.changes : []))).toHaveLength(
      7,
    );
    expect([1, 2, 3, 4, 5].map((n) => b.values(n)['note'])).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
    expect(b.row(6)?.deleted?.value).toBe(true);
  });
});
