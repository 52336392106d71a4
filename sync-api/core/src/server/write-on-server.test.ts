import { describe, expect, it } from 'vitest';
import { testId } from '../testing/change-builder.ts';
import { createLivedServer, type LivedServer, pushNotes } from '../testing/test-lifecycle.ts';
import { expenseKey, setExpense, testSpace } from '../testing/test-device.ts';
import type { ChangeLog } from './ports.ts';
import { type ServerWrite, writeOnServer } from './write-on-server.ts';

const writeOf = (id: string, value: string, more: Partial<ServerWrite> = {}, base = 0): ServerWrite => ({
  id,
  change: { kind: 'expense', id: testId(1), at: 9_000, set: { note: base === 0 ? [value] : [value, base] } },
  ...more,
});
const put = (server: LivedServer, write: ServerWrite) => writeOnServer(server.history, testSpace, write, 1_200_000);
const grown = async (entries: number) => {
  const server = createLivedServer();
  const a = server.device('a');
  await pushNotes(a, 1, entries);
  return { server, a };
};
const serverEntries = (server: LivedServer) =>
  server.log.entries(testSpace).filter((stored) => stored?.entry.type === 'server').length;

describe("a write of the server's own", () => {
  it('[F10] is one entry, which devices fold under its id', async () => {
    const { server, a } = await grown(1);
    expect(await put(server, writeOf('w1', 'by the server', {}, 1))).toEqual({ ok: true, value: { seq: 2 } });
    await a.settle();
    expect(a.values(1)['note']).toBe('by the server');
    expect(a.row(1)?.cells['note']?.version).toMatchObject({ by: 'w1', seq: 2 });
  });

  it('[F10] [fault 37] asked for again it is the same, also when it is archived meanwhile', async () => {
    const { server, a } = await grown(1);
    await put(server, writeOf('w1', 'once'));
    expect(await put(server, writeOf('w1', 'once'))).toMatchObject({ ok: true, value: { seq: 2 } });
    await pushNotes(a, 2, 9);
    await server.age();
    const { spaces } = server.history;
    const forgetful = { ...spaces, openWrite: async () => ({ head: 1, epoch: 1 }) };
    const again = await writeOnServer({ ...server.history, spaces: forgetful }, testSpace, writeOf('w1', 'once'), 5);
    expect(again).toEqual({ ok: true, value: { seq: 2 } });
    expect(serverEntries(server) <= 1).toBe(true);
  });

  it('[F10] whose answer was lost on the way to the log is found there, not doubled', async () => {
    const { server } = await grown(1);
    const silent: ChangeLog = {
      ...server.log,
      append: async (space, entry, vector) => {
        await server.log.append(space, entry, vector);
        return { type: 'unknown' };
      },
    };
    const history = { ...server.history, log: silent };
    expect(await writeOnServer(history, testSpace, writeOf('w1', 'once'), 5)).toEqual({ ok: true, value: { seq: 2 } });
    expect(serverEntries(server)).toBe(1);
  });

  it('[F10] tried several times at once stands in the log once', async () => {
    const { server } = await grown(3);
    const results = await Promise.all([1, 2, 3].map(() => put(server, writeOf('w1', 'once'))));
    expect(new Set(results.map((each) => (each.ok ? each.value.seq : 0)))).toEqual(new Set([4]));
    expect(serverEntries(server)).toBe(1);
  });

  it('[F10] with If-Match is refused if the record moved on, or the epoch did', async () => {
    const { server, a } = await grown(3);
    const ifMatch = { epoch: 1, seq: 1 };
    await a.act(setExpense({ note: 'edited' }, 1));
    await a.settle();
    const refused = await put(server, writeOf('w1', 'over it', { ifMatch }, 1));
    expect(refused).toEqual({ ok: false, error: { type: 'changed', epoch: 1, seq: 4 } });
    await server.restore(3);
    const other = await put(server, writeOf('w2', 'over it', { ifMatch }, 1));
    expect(other).toEqual({ ok: false, error: { type: 'changed', epoch: 2, seq: 1 } });
    expect(await put(server, writeOf('w3', 'over it', { ifMatch: { epoch: 2, seq: 1 } }, 1))).toMatchObject({
      ok: true,
    });
  });

  it('[F10] [fault 37] without If-Match a concurrent edit of a device is journaled, not overwritten', async () => {
    const { server, a } = await grown(1);
    await a.act(setExpense({ note: 'by a' }, 1), { at: 1 });
    await a.settle();
    await put(server, writeOf('w1', 'by the server', {}, 1));
    await a.settle();
    expect(a.values(1)['note']).toBe('by the server');
    expect(a.state().journal).toMatchObject([{ type: 'lost', key: expenseKey(1), value: 'by a', to: 'w1' }]);
  });

  it('[F10] after a restore it is looked for from where the log was cut', async () => {
    const { server } = await grown(4);
    const { spaces } = server.history;
    await put(server, writeOf('w1', 'lost'));
    await server.restore(3);
    const open = { ...spaces, openWrite: async () => ({ head: 4, epoch: 1 }) };
    const first = await writeOnServer({ ...server.history, spaces: open }, testSpace, writeOf('w1', 'lost'), 5);
    expect(first).toEqual({ ok: true, value: { seq: 5 } });
    const second = await writeOnServer({ ...server.history, spaces: open }, testSpace, writeOf('w1', 'lost'), 6);
    expect(second).toEqual({ ok: true, value: { seq: 5 } });
  });

  it('[F10] [L4] keeps the epoch its author read in: a base that a restore cut off hides nothing', async () => {
    const { server, a } = await grown(5);
    await a.act(setExpense({ note: 'what the author read' }, 1));
    await a.settle();
    await server.restore(3);
    const b = server.device('b');
    await b.settle();
    await b.act(setExpense({ note: 'typed after the restore' }, 1));
    await b.settle();
    expect(b.row(1)?.seq).toBe(5);
    await put(server, writeOf('w1', 'by the server', {}, 6));
    await b.settle();
    expect(b.values(1)['note']).toBe('by the server');
    expect(b.state().journal).toMatchObject([{ type: 'lost', value: 'typed after the restore', to: 'w1' }]);
  });
});
