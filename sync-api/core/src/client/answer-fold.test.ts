import { describe, expect, it } from 'vitest';
import { testReplica } from '../testing/change-builder.ts';
import { createLivedServer, damagedParts, pushNotes } from '../testing/test-lifecycle.ts';
import { setNote, settleAll, type TestDevice, testSpace } from '../testing/test-device.ts';
import { applyAnswer } from './apply-answer.ts';
import { prepareRequest } from './exchange.ts';

const keptBy = (device: TestDevice) => device.state().kept.map(({ epoch, seq, own }) => ({ epoch, seq, own }));
/** As a device keeps entries of others. */
const others = (epoch: number, first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => ({ epoch, seq: first + i, own: [] }));
/** Rounds with damaged snapshots, until the device reads from nothing and finds its own entries under another identity. */
const startOver = async (device: TestDevice, server: ReturnType<typeof createLivedServer>): Promise<void> => {
  for (let rounds = 0; rounds < 20; rounds++) {
    await device.sync(1000, damagedParts(server));
    if (device.meta().reidentify) return;
  }
  throw new Error('does not start over');
};

/** A profile of two entries put back while the log has six: it searches them for its changes, one of which is new. */
const putBack = async () => {
  const server = createLivedServer();
  const a = server.device('a');
  await pushNotes(a, 1, 2);
  const copy = a.state();
  await pushNotes(a, 3, 4);
  a.store.replace(copy);
  await a.act(setNote('typed in the copy', 9));
  await a.sync();
  expect(a.meta()).toMatchObject({ cursor: 2, reidentify: { target: 6 } });
  return { server, a };
};

describe('an epoch that cuts off what was waited for', () => {
  it('[D8] [L4] a new identity searches no further than the log goes now', async () => {
    const { server, a } = await putBack();
    await server.restore(3);
    await a.settle();
    expect(server.log.entries(testSpace)).toHaveLength(5);
    expect(a.values(9)['note']).toBe('typed in the copy');
    expect(a.state().outbox).toEqual([]);
  });

  it('[D8] [L4] a copy of the profile that meets the new identity in the log takes another', async () => {
    const { server, a } = await putBack();
    const clone = server.device('c');
    clone.store.replace(a.state());
    await clone.act(setNote('typed in the clone', 10));
    expect(clone.meta().reidentify?.replica).toBe(a.meta().reidentify?.replica);
    await server.restore(3);
    await settleAll(a, clone);
    for (const device of [a, clone])
      expect([device.values(9)['note'], device.values(10)['note']]).toEqual([
        'typed in the copy',
        'typed in the clone',
      ]);
    expect(clone.meta().replica).not.toBe(a.meta().replica);
  });

  it('[D8] [L4] a refused push is tried again, whatever head the refusal named', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 2);
    await pushNotes(b, 3, 4);
    await a.act(setNote('waits', 9));
    const refusal = { type: 'gap', message: 'pull', head: 6 };
    const refused = { epoch: 1, head: 6, serverTime: 1, acknowledged: null, entries: [], more: true, refusal };
    const request = await prepareRequest(a.store, 1000);
    await applyAnswer(a.store, request, refused, { newReplica: testReplica('z'), now: 1 });
    expect(a.meta()).toMatchObject({ cursor: 2, pullFirst: 6 });
    await server.restore(3);
    await a.settle();
    expect(a.meta()).toMatchObject({ replica: testReplica('a'), cursor: 5 });
    expect(a.state().outbox).toEqual([]);
  });

  it('[D8] [L4] what was lost is offered again by a device that was still searching above the cut', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(b, 1, 1);
    await pushNotes(a, 2, 6);
    await b.settle();
    await pushNotes(b, 20, 1);
    await pushNotes(a, 8, 4);
    await server.age();
    await startOver(b, server);
    expect(b.meta()).toMatchObject({ cursor: 0, reidentify: { target: 12 } });
    await server.restore(4);
    await settleAll(b, a);
    expect([a.values(20)['note'], b.values(20)['note']]).toEqual(['note 20', 'note 20']);
    expect(a.meta().digest).toBe(b.meta().digest);
  });
});

describe('what is folded a second time', () => {
  it('[D5] is not kept again: what was own in it stays so', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(b, 1, 1);
    await pushNotes(a, 2, 11);
    await server.age();
    await startOver(b, server);
    await b.settle(1000, damagedParts(server));
    expect(keptBy(b)).toEqual([{ epoch: 1, seq: 1, own: 'all' }, ...others(1, 2, 12)]);
  });

  it('[D5] [L4] is not kept again in a later epoch either', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 3);
    await b.settle();
    await server.restore(3);
    await b.settle();
    await pushNotes(b, 4, 1);
    await a.settle();
    await pushNotes(a, 5, 11);
    await server.age();
    await startOver(b, server);
    await b.settle(1000, damagedParts(server));
    expect(keptBy(b)).toEqual([...others(1, 1, 3), { epoch: 2, seq: 5, own: 'all' }, ...others(2, 6, 16)]);
  });

  it('[D5] [L4] is kept where it is of a later epoch than what stood at its positions', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(b, 1, 1);
    await pushNotes(a, 2, 9);
    await b.settle();
    await pushNotes(a, 11, 7);
    await server.age();
    await startOver(b, server);
    await b.settle(1000, damagedParts(server));
    expect(b.meta()).toMatchObject({ cursor: 17, keptThrough: { epoch: 1, seq: 10 } });
    await server.restore(4);
    const c = server.device('c');
    await c.settle();
    await pushNotes(c, 21, 1);
    await b.settle();
    await pushNotes(b, 22, 1);
    const sinceTheRestore = [...others(2, 6, 6), { epoch: 2, seq: 7, own: 'all' }];
    const kept = [{ epoch: 1, seq: 1, own: 'all' }, ...others(1, 2, 4), ...sinceTheRestore];
    expect(keptBy(b)).toEqual(kept);
    // What is kept by now is of the later epoch, at lower positions.
    await c.settle();
    await pushNotes(c, 23, 9);
    await server.age();
    await startOver(b, server);
    await b.settle(1000, damagedParts(server));
    expect(keptBy(b)).toEqual([...kept, ...others(2, 8, 16)]);
  });
});
