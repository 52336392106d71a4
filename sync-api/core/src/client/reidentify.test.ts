import { describe, expect, it } from 'vitest';
import type { SyncAnswer } from '../protocol/messages.ts';
import { testReplica } from '../testing/change-builder.ts';
import {
  brokenInvariant,
  createTestDevice,
  createTestPair,
  expenseKey,
  setNote,
  type TestDevice,
  type TestServer,
} from '../testing/test-device.ts';
import { applyAnswer } from './apply-answer.ts';
import { noParts } from '../testing/memory-lifecycle-stores.ts';
import { prepareRequest, type Transport } from './exchange.ts';

const options = { newReplica: testReplica('z'), now: 77 };
/** Puts a second device on a copy of this one's profile. */
const cloneOf = (device: TestDevice, letter: string, server: TestServer): TestDevice => {
  const clone = createTestDevice(letter, server);
  clone.store.replace(device.state());
  return clone;
};
const notes = (device: TestDevice, numbers: readonly number[]) => numbers.map((n) => device.values(n)['note']);

describe('cloned and restored profiles', () => {
  it('[D8] clones that take turns both keep working, under two identities, and nothing is lost or doubled', async () => {
    const { server, a, b } = createTestPair();
    await a.act(setNote('shared', 1));
    const clone = cloneOf(a, 'c', server);
    await a.settle();
    await clone.act(setNote('by the clone', 2), { at: 5000 });
    await clone.settle();
    await a.act(setNote('by the first', 3));
    await a.settle();
    await clone.act(setNote('again', 4), { at: 6000 });
    await clone.settle();
    await a.settle();
    await b.settle();
    for (const device of [a, clone, b]) {
      expect(notes(device, [1, 2, 3, 4])).toEqual(['shared', 'by the clone', 'by the first', 'again']);
      expect(device.state().journal).toEqual([]);
      expect(device.state().outbox).toEqual([]);
    }
    expect(a.meta().replica).not.toBe(clone.meta().replica);
    expect(brokenInvariant(server, a, clone, b)).toBeUndefined();
  });

  it('[D8] a restored profile finds its old changes in the log by identity and stamps only the rest again', async () => {
    const { server, a, b } = createTestPair();
    await a.act(setNote('one', 1));
    const copy = a.state();
    await a.act(setNote('two', 2));
    await a.settle();
    a.store.replace(copy);
    await a.act(setNote('another two', 3), { at: 9000 });
    await a.sync();
    expect(a.meta().reidentify).toMatchObject({ target: 1 });
    expect(a.state().outbox).toHaveLength(2);
    await a.settle();
    await b.settle();
    expect(notes(b, [1, 2, 3])).toEqual(['one', 'two', 'another two']);
    expect(notes(a, [1, 2, 3])).toEqual(['one', 'two', 'another two']);
    expect(a.meta()).toMatchObject({ nextNumber: 2, confirmedNumber: 1 });
    expect(a.state().kept.map(({ own }) => own)).toEqual([[0], 'all']);
    expect(b.row(1)?.restamped).toBeUndefined();
    expect(brokenInvariant(server, a, b)).toBeUndefined();
  });

  it('[D8] while the log is searched nothing is pushed, and what is typed meanwhile is stamped again too', async () => {
    const { server, a } = createTestPair();
    await a.act(setNote('one', 1));
    const copy = a.state();
    await a.act(setNote('two', 2));
    await a.settle();
    a.store.replace(copy);
    await a.act(setNote('other', 3), { at: 9000 });
    await a.sync();
    const request = await prepareRequest(a.store, 1000);
    expect(request.push).toBeUndefined();
    expect(request.replica).toBe(a.meta().reidentify?.replica);
    await a.act(setNote('meanwhile', 4));
    await a.settle();
    expect(notes(a, [1, 2, 3, 4])).toEqual(['one', 'two', 'other', 'meanwhile']);
    expect(a.state().records.size).toBe(4);
    expect(brokenInvariant(server, a)).toBeUndefined();
  });

  it("[D8] a profile that lost its last transactions reads them back as another's", async () => {
    const { server, a } = createTestPair();
    const empty = a.state();
    await a.act(setNote('one', 1));
    await a.settle();
    a.store.replace(empty);
    await a.settle();
    expect(notes(a, [1])).toEqual(['one']);
    expect(a.meta().replica).not.toBe(testReplica('a'));
    await a.act(setNote('two', 2));
    await a.settle();
    expect(brokenInvariant(server, a)).toBeUndefined();
  });

  it('[D8] a found change of an item leaves it alone with the others, until they are stamped again', async () => {
    const { server, a, b } = createTestPair();
    await a.act([setNote('one', 1), setNote('two', 2)]);
    const copy = a.state();
    await a.sync(1);
    await a.act(setNote('three', 3));
    await a.settle(1);
    a.store.replace(copy);
    await a.act(setNote('instead', 4), { at: 9000 });
    await a.settle(1);
    await b.settle();
    expect(notes(b, [1, 2, 3, 4])).toEqual(['one', 'two', 'three', 'instead']);
    expect(brokenInvariant(server, a, b)).toBeUndefined();
  });
});

describe('a search of many answers', () => {
  it('[D8] shows each found change as confirmed from the answer on that held it', async () => {
    const { server, a, b } = createTestPair();
    const oneByOne: Transport = {
      part: noParts,
      send: async (request) => {
        const result = await server.transport.send(request);
        if (result.type !== 'answer') return result;
        return { type: 'answer', answer: { ...result.answer, entries: result.answer.entries.slice(0, 1), more: true } };
      },
    };
    await a.act(setNote('one', 1));
    const copy = a.state();
    await a.act(setNote('two', 2));
    await a.settle();
    await b.settle();
    await b.act(setNote('theirs', 1));
    await b.settle();
    a.store.replace(copy);
    await a.act(setNote('instead', 3), { at: 9000 });
    await a.sync(1000, oneByOne);
    await a.sync(1000, oneByOne);
    expect(a.meta()).toMatchObject({ cursor: 1, reidentify: { target: 2 } });
    expect(a.state().records.get(expenseKey(1))).toMatchObject({ pending: [], shown: { seq: 1 } });
    await a.sync(1000, oneByOne);
    expect(a.values(1)).toEqual({ note: 'theirs' });
    await a.settle();
    expect(notes(a, [1, 2, 3])).toEqual(['theirs', 'two', 'instead']);
    expect(brokenInvariant(server, a)).toBeUndefined();
  });
});

describe('a refused push', () => {
  const refused = (type: string, head: number, more: Partial<SyncAnswer> = {}): SyncAnswer => ({
    epoch: 1,
    head,
    serverTime: 1,
    acknowledged: null,
    entries: [],
    more: true,
    refusal: { type, message: 'pull', head },
    ...more,
  });
  const waiting = async () => {
    const { server, a, b } = createTestPair();
    await b.act(setNote('theirs', 9));
    await b.settle();
    await a.act(setNote('mine', 1));
    return { server, a };
  };

  it.each(['fork', 'gap', 'stale'])('[D8] %s asks for the log first, up to the head it names', async (type) => {
    const { a } = await waiting();
    const request = await prepareRequest(a.store, 1000);
    const outcome = await applyAnswer(a.store, request, refused(type, 1), options);
    expect(outcome).toMatchObject({ type: 'progress', waiting: 1, more: true, moved: true });
    expect(a.meta()).toMatchObject({ pullFirst: 1 });
    expect(a.meta().reidentify).toBeUndefined();
    expect((await prepareRequest(a.store, 1000)).push).toBeUndefined();
    await a.settle();
    expect(a.state().outbox).toEqual([]);
    expect(a.meta().replica).toBe(testReplica('a'));
  });

  it('[D8] repeated at that head it means a clone: a new identity is taken at once', async () => {
    const { server, a } = await waiting();
    await a.sync(0);
    expect(a.meta().cursor).toBe(1);
    const request = await prepareRequest(a.store, 1000);
    await applyAnswer(a.store, request, refused('fork', 1), options);
    expect(a.meta()).toMatchObject({ replica: options.newReplica, nextNumber: 2, confirmedNumber: 0 });
    expect(a.state().outbox[0]?.changes[0]?.origin).toMatch(testReplica('a'));
    expect(a.state().records.get('expense/00000000-0000-4000-8000-000000000001')?.pending).toEqual([1]);
    await a.settle();
    expect(notes(a, [1, 9])).toEqual(['mine', 'theirs']);
    expect(brokenInvariant(server, a)).toBeUndefined();
  });

  it('[D8] stamped again at once, nothing of the old outbox stays beside the new one', async () => {
    const { server, a } = createTestPair();
    await a.act(setNote('before', 8));
    await a.settle();
    await a.act(setNote('mine', 1));
    await a.act(setNote('mine too', 2));
    const request = await prepareRequest(a.store, 1000);
    await applyAnswer(a.store, request, refused('fork', 1), options);
    expect(a.state().outbox.map(({ first, last }) => [first, last])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    await a.settle();
    expect(notes(a, [1, 2, 8])).toEqual(['mine', 'mine too', 'before']);
    expect(brokenInvariant(server, a)).toBeUndefined();
  });

  it('[D8] explained by the pull beside it, it changes nothing', async () => {
    const { server, a } = createTestPair();
    await a.act(setNote('mine', 1));
    const request = await prepareRequest(a.store, 1000);
    const first = await server.transport.send(request);
    if (first.type !== 'answer') throw new Error('no answer');
    const stale = { ...first.answer, refusal: { type: 'stale', message: 'superseded', head: 1 } };
    expect(await applyAnswer(a.store, request, stale, options)).toMatchObject({ waiting: 0, more: false });
    expect(a.meta().replica).toBe(testReplica('a'));
    expect(a.meta()).not.toHaveProperty('pullFirst');
    expect(a.meta()).not.toHaveProperty('reidentify');
  });

  it('[D8] any other word, or one to a request that pushed nothing, means nothing', async () => {
    const { a } = await waiting();
    const request = await prepareRequest(a.store, 1000);
    await applyAnswer(a.store, request, refused('later', 1), options);
    const { push: _, ...pull } = request;
    await applyAnswer(a.store, pull, refused('fork', 1), options);
    expect(a.meta()).not.toHaveProperty('pullFirst');
    expect(a.meta()).not.toHaveProperty('reidentify');
  });
});
