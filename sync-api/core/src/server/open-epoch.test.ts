import { describe, expect, it } from 'vitest';
import { checkTables } from '../testing/invariants.ts';
import { createLivedServer, type LivedServer, pushNotes } from '../testing/test-lifecycle.ts';
import { deleteExpense, setExpense, settleAll, type TestDevice, testSpace } from '../testing/test-device.ts';
import { ledgerAt } from './ledger-state.ts';
import { openEpoch } from './open-epoch.ts';
import type { BlobStore } from './ports.ts';

const digests = (...devices: readonly TestDevice[]) => new Set(devices.map((each) => each.meta().digest));
const logLedger = (server: LivedServer) =>
  ledgerAt(server.history, testSpace, [], server.log.entries(testSpace).length);

describe('a server that was restored from a backup', () => {
  it('[L4] [fault 67] is offered again what it lost, and every device comes to the same', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 3);
    await settleAll(b);
    await pushNotes(a, 4, 2);
    await settleAll(b, a);
    await server.restore(3);
    await a.act(setExpense({ note: 'typed after' }, 1));
    await settleAll(a, b);
    expect([4, 5].map((n) => b.values(n)['note'])).toEqual(['note 4', 'note 5']);
    expect(b.values(1)['note']).toBe('typed after');
    expect(digests(a, b)).toEqual(new Set([(await logLedger(server)).digest]));
    expect(a.meta()).toMatchObject({ epoch: 2, epochs: [{ epoch: 2, restoredHead: 3 }] });
  });

  it('[L4] what the new epoch brought meanwhile is not written over, but journaled beside', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 3);
    await settleAll(b);
    await a.act(setExpense({ note: 'lost by the server' }, 1), { at: 9_000 });
    await a.settle();
    await server.restore(3);
    await b.act(setExpense({ note: 'typed in the new epoch' }, 1), { at: 20_000 });
    await settleAll(b, a);
    await settleAll(b, a);
    expect(a.values(1)['note']).toBe('typed in the new epoch');
    expect(b.state().journal).toMatchObject([{ type: 'lost', value: 'lost by the server' }]);
    expect(digests(a, b).size).toBe(1);
  });

  it('[L4] a device at or below the cut folds on with its own identity', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 3);
    await settleAll(b);
    await pushNotes(a, 4, 1);
    await server.restore(3);
    const replica = b.meta().replica;
    await b.act(setExpense({ note: 'waited' }, 9));
    await settleAll(b);
    expect(b.meta()).toMatchObject({ replica, epoch: 2 });
    expect(b.state().outbox).toEqual([]);
  });

  it('[L4] [S6] keeps nothing of silent replicas that they pushed above the cut: it would pass for being in the log', async () => {
    const server = createLivedServer();
    const [a, silent, heard] = [server.device('a'), 'e'.repeat(16), 'f'.repeat(16)];
    await pushNotes(a, 1, 5);
    const { spaces } = server.history;
    await spaces.retire(testSpace, silent, [3, 'c'.repeat(32), 4]);
    await spaces.retire(testSpace, heard, [2, 'd'.repeat(32), 3]);
    await server.restore(3);
    expect(await spaces.retired(testSpace, silent)).toBeUndefined();
    expect(await spaces.retired(testSpace, heard)).toEqual([2, 'd'.repeat(32), 3]);
  });

  it('[L4] a deleted entry that the server forgot is deleted again', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 3);
    await settleAll(b);
    await a.act(deleteExpense(2));
    await settleAll(a, b);
    await server.restore(3);
    await settleAll(a, b);
    expect([a.row(2)?.deleted?.value, b.row(2)?.deleted?.value]).toEqual([true, true]);
  });

  it('[L4] [L3] cut below the snapshot, with archives above: void ones are dropped and the tables are the fold', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 6);
    await server.age();
    await settleAll(b);
    await pushNotes(a, 7, 6);
    await settleAll(b, a);
    await server.age();
    await server.restore(6);
    await settleAll(a, b);
    await server.catchUp();
    const whole = await logLedger(server);
    expect(digests(a, b)).toEqual(new Set([whole.digest]));
    expect(whole.rows.size).toBe(12);
    expect(checkTables(server.rows.all(testSpace), whole.rows)).toBeUndefined();
    const c = server.device('c');
    await c.settle();
    expect(c.meta().digest).toBe(whole.digest);
  });

  it('[L4] [L2] a device that was loading a snapshot then offers again what it had confirmed above the cut', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(b, 1, 3);
    await pushNotes(a, 4, 9);
    await server.age();
    for (let rounds = 0; rounds < 3; rounds++) await b.sync();
    expect(b.meta().bootstrap).toMatchObject({ next: 2 });
    await b.act(setExpense({ note: 'typed meanwhile' }, 1));
    await server.restore(2);
    await settleAll(b, a, b);
    expect([2, 3, 4].map((n) => a.values(n)['note'])).toEqual(['note 2', 'note 3', 'note 4']);
    expect([a, b].map((each) => each.values(1)['note'])).toEqual(['typed meanwhile', 'typed meanwhile']);
    expect(digests(a, b)).toEqual(new Set([(await logLedger(server)).digest]));
    await server.restore(3);
    await settleAll(b, a, b);
    expect([2, 3, 4].map((n) => a.values(n)['note'])).toEqual(['note 2', 'note 3', 'note 4']);
    expect(digests(a, b)).toEqual(new Set([(await logLedger(server)).digest]));
  });

  it('[L4] restored twice: what the second restore lost is offered once more', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 5);
    await settleAll(b);
    await server.restore(3);
    await settleAll(a, b);
    await server.restore(4);
    await settleAll(a, b);
    expect([4, 5].map((n) => b.values(n)['note'])).toEqual(['note 4', 'note 5']);
    expect(digests(a, b)).toEqual(new Set([(await logLedger(server)).digest]));
    expect(a.meta().epoch).toBe(3);
  });

  it('[L4] a backup from before an earlier restore opens an epoch of its own, and what both lost is offered again', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 5);
    await settleAll(b);
    const older = server.log.entries(testSpace).slice(0, 5);
    await server.restore(3);
    await settleAll(a, b);
    await a.act(setExpense({ note: 'typed in the second epoch' }, 1));
    await b.act(setExpense({ note: 'new in the second epoch' }, 9));
    await settleAll(a, b);
    (server.log.entries(testSpace) as unknown[]).splice(0, Number.POSITIVE_INFINITY, ...older);
    expect(await openEpoch(server.history, server.rows, testSpace, 9)).toEqual({
      epoch: 3,
      restoredHead: 5,
      abandoned: [[2, 3]],
    });
    await settleAll(a, b, a);
    expect([a, b].map((each) => each.values(1)['note'])).toEqual(Array(2).fill('typed in the second epoch'));
    expect([4, 5, 9].map((n) => a.values(n)['note'])).toEqual(['note 4', 'note 5', 'new in the second epoch']);
    expect(digests(a, b)).toEqual(new Set([(await logLedger(server)).digest]));
    expect(a.meta().epoch).toBe(3);
  });

  it('[L4] [L3] finds the floor in the log, where the facts beside it are of an earlier day', async () => {
    const server = createLivedServer();
    await pushNotes(server.device('a'), 1, 9);
    const { spaces } = server.history;
    const floor = await server.age();
    await spaces.putFacts(testSpace, { ...(await spaces.facts(testSpace)), floor: 1 });
    await openEpoch(server.history, server.rows, testSpace, 9);
    expect((await spaces.facts(testSpace)).floor).toBe(floor);
    expect((await logLedger(server)).rows.size).toBe(9);
  });

  it('[L4] opening may be killed anywhere and run again, at the price of one epoch more', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 5);
    await settleAll(b);
    const rows = { ...server.rows, advance: () => Promise.reject(new Error('killed')) };
    await expect(openEpoch(server.history, rows, testSpace, 1)).rejects.toThrow('killed');
    const { blobs } = server.history;
    const mortal: BlobStore = {
      ...blobs,
      write: (name, text) =>
        name.startsWith('snapshots/') ? Promise.reject(new Error('killed')) : blobs.write(name, text),
    };
    await expect(openEpoch({ ...server.history, blobs: mortal }, server.rows, testSpace, 2)).rejects.toThrow('killed');
    const mark = { epoch: 4, restoredHead: 6, abandoned: [[2, 5]] };
    expect(await openEpoch(server.history, server.rows, testSpace, 3)).toEqual(mark);
    expect((await server.history.spaces.facts(testSpace)).epochs.map(({ epoch }) => epoch)).toEqual([3, 4]);
    await settleAll(a, b);
    expect(digests(a, b)).toEqual(new Set([(await logLedger(server)).digest]));
  });
});
