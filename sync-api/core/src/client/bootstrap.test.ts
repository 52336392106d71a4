import { describe, expect, it } from 'vitest';
import { snapshotProtocol } from '../protocol/version.ts';
import { handleSync } from '../server/handle-sync.ts';
import { createLivedServer, damagedParts, type LivedServer, pushNotes } from '../testing/test-lifecycle.ts';
import { deleteExpense, expenseKey, setExpense, type TestDevice, testSpace } from '../testing/test-device.ts';
import { prepareRequest, type Transport } from './exchange.ts';

/** Nine entries of one device, the first six in archives, a snapshot at eight. */
const aged = async () => {
  const server = createLivedServer();
  const a = server.device('a');
  await pushNotes(a, 1, 8);
  await server.age();
  await a.act(setExpense({ note: 'after the snapshot' }, 1));
  await a.settle();
  return { server, a };
};
const same = (server: LivedServer, ...devices: readonly TestDevice[]) => {
  const head = server.log.entries(testSpace).length;
  return devices.map((each) => ({ cursor: each.meta().cursor === head, digest: each.meta().digest }));
};
const confirmedOf = (device: TestDevice) =>
  new Map([...device.state().records].map(([key, { confirmed }]) => [key, confirmed]));
const counting = (server: LivedServer) => {
  const seen = { parts: 0, entries: 0 };
  const transport: Transport = {
    send: async (request) => {
      const result = await server.transport.send(request);
      if (result.type === 'answer') seen.entries += result.answer.entries.length;
      return result;
    },
    part: async (request) => {
      seen.parts += 1;
      return server.transport.part(request);
    },
  };
  return { seen, transport };
};

describe('a device that begins with a snapshot', () => {
  it('[L2] loads the parts, then the entries after it, and has what the others have', async () => {
    const { server, a } = await aged();
    const b = server.device('b');
    const { seen, transport } = counting(server);
    await b.settle(1000, transport);
    expect(seen).toEqual({ parts: 4, entries: 1 });
    expect(same(server, b)).toEqual([{ cursor: true, digest: a.meta().digest }]);
    expect(confirmedOf(b)).toEqual(confirmedOf(a));
  });

  it('[L2] tells how far it is', async () => {
    const { server } = await aged();
    const b = server.device('b');
    const seen = [];
    for (let rounds = 0; rounds < 4; rounds++) {
      const outcome = await b.sync();
      seen.push(outcome.type === 'progress' ? outcome.loading : outcome);
    }
    expect(seen).toEqual([
      { done: 0, total: 8 },
      { done: 2, total: 8 },
      { done: 4, total: 8 },
      { done: 6, total: 8 },
    ]);
  });

  it('[L2] keeps what waits in its outbox, shows it all along, and sends it afterwards', async () => {
    const { server, a } = await aged();
    const b = server.device('b');
    await b.act(setExpense({ note: 'typed before' }, 20));
    for (let rounds = 0; rounds < 3; rounds++) {
      await b.sync();
      expect(b.values(20)['note']).toBe('typed before');
    }
    await b.act(setExpense({ note: 'typed over a loaded row' }, 1));
    await b.settle();
    await a.settle();
    expect([a.values(20)['note'], a.values(1)['note']]).toEqual(['typed before', b.values(1)['note']]);
    expect(same(server, a)).toEqual(same(server, b));
  });

  it('[L2] [fault 23] goes on after a crash with the part it was at', async () => {
    const { server, a } = await aged();
    const b = server.device('b');
    for (let rounds = 0; rounds < 3; rounds++) await b.sync();
    const again = server.device('c');
    again.store.replace(b.state());
    const { seen, transport } = counting(server);
    await again.settle(1000, transport);
    expect(seen.parts).toBe(2);
    expect(again.meta().digest).toBe(a.meta().digest);
  });

  it('[L2] [D3] of two syncers each part is applied by one', async () => {
    const { server, a } = await aged();
    const b = server.device('b');
    await b.sync();
    const outcomes = await Promise.all([b.sync(), b.sync()]);
    expect(outcomes.map(({ type }) => type).sort()).toEqual(['discarded', 'progress']);
    await b.settle();
    expect(b.meta().digest).toBe(a.meta().digest);
  });

  it('[L2] [fault 21] a part that is not what its hash says: begins anew with an older snapshot', async () => {
    const { server, a } = await aged();
    await pushNotes(a, 9, 4);
    await server.age();
    const b = server.device('b');
    const damaged: Transport = {
      ...server.transport,
      part: async (request) => {
        const result = await server.transport.part(request);
        const isDamaged = request.seq === 12 && request.part === 1 && result.type === 'part';
        return isDamaged ? { type: 'part', text: result.text.replace('note', 'nite') } : result;
      },
    };
    await b.settle(1000, damaged);
    expect(b.meta().digest).toBe(a.meta().digest);
    expect([...b.state().records.keys()].length).toBe(12);
  });

  it('[L2] [fault 21] where every snapshot is damaged, reads the entries', async () => {
    const { server, a } = await aged();
    await pushNotes(a, 9, 4);
    await server.age();
    const b = server.device('b');
    await b.settle(1000, damagedParts(server));
    expect(b.meta().digest).toBe(a.meta().digest);
    expect(b.meta()).not.toHaveProperty('avoid');
  });

  it('[L2] a snapshot that was replaced meanwhile: begins anew with the newer one', async () => {
    const { server, a } = await aged();
    const b = server.device('b');
    for (let rounds = 0; rounds < 3; rounds++) await b.sync();
    for (const first of [9, 13, 17]) {
      await pushNotes(a, first, 4);
      await server.age();
    }
    await b.settle();
    expect(b.meta().digest).toBe(a.meta().digest);
  });

  it('[L2] [fault 68] back after years: only what it does not have yet is replaced, its outbox stays', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 2);
    await b.settle();
    await b.act(setExpense({ note: 'typed on the plane' }, 1));
    await pushNotes(a, 3, 10);
    await a.act(deleteExpense(2));
    await a.settle();
    await server.age();
    await b.settle();
    await a.settle();
    expect(b.values(1)['note']).toBe('typed on the plane');
    expect(b.row(2)?.deleted?.value).toBe(true);
    expect(same(server, a)).toEqual(same(server, b));
  });

  it('[L2] [D8] one whose pushed changes were never confirmed reads the entries, from the archives too', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await b.act(setExpense({ note: 'pushed, never heard of again' }, 1));
    await server.transport.send(await prepareRequest(b.store, 1000));
    await a.settle();
    await a.act(setExpense({ note: 'written over it' }, 1));
    await pushNotes(a, 2, 12);
    await server.age();
    const { seen, transport } = counting(server);
    await b.settle(1000, transport);
    expect(seen.parts).toBe(0);
    expect(b.values(1)['note']).toBe('written over it');
    expect(b.state().journal).toEqual([]);
    expect(b.meta().digest).toBe(a.meta().digest);
  });

  it('[P1] [fault 65] a device of the first protocol is served entries from the archives', async () => {
    const { server } = await aged();
    const request = await prepareRequest(server.device('b').store, 1000);
    const answer = await handleSync(server.history, testSpace, { ...request, protocol: snapshotProtocol - 1 }, 1);
    expect(answer.ok && answer.value.reset).toBeFalsy();
    expect(answer.ok && answer.value.entries.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('[L2] [fault 20] entries that are archived between two pages come from the archive', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 3);
    await b.settle();
    await pushNotes(a, 4, 7);
    const first = await prepareRequest(b.store, 1000);
    await server.age();
    const answer = await handleSync(server.history, testSpace, { ...first, want: 'entries' }, 1);
    expect(answer.ok && answer.value.entries.map(({ seq }) => seq)).toEqual([4]);
    await b.settle();
    expect(b.meta().digest).toBe(a.meta().digest);
    expect(b.state().records.get(expenseKey(4))?.confirmed?.seq).toBe(4);
  });
});

describe("a digest that is not the log's", () => {
  it('[L5] is sent at each checkpoint until the server has compared it', async () => {
    const server = createLivedServer();
    const a = server.device('a');
    await pushNotes(a, 1, 4);
    expect((await prepareRequest(a.store, 1)).checkpoint).toEqual({ seq: 4, digest: a.meta().digest });
    await a.sync();
    expect((await prepareRequest(a.store, 1)).checkpoint).toBeDefined();
    await server.age();
    await a.sync();
    expect((await prepareRequest(a.store, 1)).checkpoint).toBeUndefined();
  });

  it('[L5] is found, and the ledger replaced, with what waits kept', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 4);
    await b.settle();
    await server.age();
    const state = b.state();
    const records = new Map(state.records);
    const record = records.get(expenseKey(2));
    const spoilt = record?.confirmed && { ...record.confirmed, cells: {} };
    records.set(expenseKey(2), { confirmed: spoilt, pending: [], shown: spoilt });
    b.store.replace({
      ...state,
      records,
      meta: { ...state.meta, digest: 'f'.repeat(32), checkpoint: { seq: 4, digest: 'f'.repeat(32) } },
    });
    await b.act(setExpense({ note: 'typed meanwhile' }, 3));
    await b.settle();
    await a.settle();
    expect(b.values(2)['note']).toBe('note 2');
    expect(a.values(3)['note']).toBe('typed meanwhile');
    expect(b.meta().digest).toBe(a.meta().digest);
  });
});
