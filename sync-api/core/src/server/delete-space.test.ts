import { describe, expect, it } from 'vitest';
import { createLivedServer, type LivedServer, muchLater, pushNotes, smallSettings } from '../testing/test-lifecycle.ts';
import { setExpense, testSpace } from '../testing/test-device.ts';
import { deleteSpace, finishDeletion, sealSpace } from './delete-space.ts';
import { handleSync } from './handle-sync.ts';
import { materialise } from './materialise.ts';
import { type ChangeLog, nothingApplied } from './ports.ts';
import { writeOnServer } from './write-on-server.ts';

const lived = async () => {
  const server = createLivedServer();
  const a = server.device('a');
  await pushNotes(a, 1, 9);
  await server.age();
  return { server, a };
};
const left = (server: LivedServer) => ({
  rows: server.rows.all(testSpace).size,
  blobs: server.history.blobs.texts.size,
  facts: server.history.spaces.left(testSpace),
  entries: server.log.entries(testSpace).filter(Boolean).length,
});

describe('deleting an account', () => {
  it('[L6] removes everything but the log at once, and that when no slow function can write any more', async () => {
    const { server } = await lived();
    const deleted = await deleteSpace(server.history, server.rows, testSpace, muchLater);
    expect(left(server)).toEqual({ rows: 0, blobs: 0, facts: 0, entries: 2 });
    if (!deleted.ok) throw new Error('not deleted');
    const early = muchLater + 3 * smallSettings.functionTimeoutMs - 1;
    expect(await finishDeletion(server.history, server.rows, deleted.value, early)).toBe(false);
    expect(await finishDeletion(server.history, server.rows, deleted.value, early + 1)).toBe(true);
    expect(left(server)).toEqual({ rows: 0, blobs: 0, facts: 0, entries: 1 });
    expect(await server.history.spaces.deletions()).toEqual([]);
  });

  it('[L6] [I14] behind the seal nothing is appended, by device, server or another seal', async () => {
    const { server, a } = await lived();
    await deleteSpace(server.history, server.rows, testSpace, 1);
    await a.act(setExpense({ note: 'too late' }, 1));
    expect(await a.sync()).toMatchObject({ type: 'failed', result: { refusal: { type: 'sealed' } } });
    expect(a.state().outbox).toHaveLength(1);
    const change = {
      kind: 'expense',
      id: '00000000-0000-4000-8000-000000000001',
      at: 1,
      set: { note: ['x'] as const },
    };
    const written = await writeOnServer(server.history, testSpace, { id: 'w', change }, 1);
    expect(written).toEqual({ ok: false, error: { type: 'sealed' } });
    await sealSpace(server.log, testSpace, 5);
    expect(server.log.entries(testSpace).at(-1)?.entry).toMatchObject({ type: 'seal', seq: 10, receivedAt: 1 });
    expect(await materialise(server.history, server.rows, testSpace)).toMatchObject({ rowsWritten: 0 });
  });

  it('[L6] [fault 69] a seal and a push at once: the push is before it or refused, never half', async () => {
    for (let delay = 0; delay < 8; delay++) {
      const { server, a } = await lived();
      await a.act(setExpense({ note: 'raced' }, 1));
      const wait = async (turns: number) => {
        for (let i = 0; i < turns; i++) await Promise.resolve();
      };
      const [, outcome] = await Promise.all([
        wait(delay * 2).then(() => sealSpace(server.log, testSpace, 7)),
        a.sync(),
      ]);
      const types = server.log.entries(testSpace).map((stored) => stored?.entry.type);
      expect(types.at(-1)).toBe('seal');
      expect(types.filter((type) => type === 'seal')).toHaveLength(1);
      const isIn = types.length === 11;
      expect(isIn ? outcome.type : outcome).toEqual(
        isIn ? 'progress' : expect.objectContaining({ result: expect.objectContaining({ type: 'refused' }) }),
      );
    }
  });

  it('[L6] an ambiguous seal is looked for before it is written again', async () => {
    const { server } = await lived();
    let isFirst = true;
    const silent: ChangeLog = {
      ...server.log,
      append: async (space, entry, vector) => {
        const appended = await server.log.append(space, entry, vector);
        const answer = isFirst ? ({ type: 'unknown' } as const) : appended;
        isFirst = false;
        return answer;
      },
    };
    expect(await sealSpace(silent, testSpace, 7)).toMatchObject({ ok: true, value: { seq: 10 } });
    expect(server.log.entries(testSpace)).toHaveLength(10);
  });

  it('[L6] rows that a slow materialiser writes after the first sweep are found by the second', async () => {
    const { server, a } = await lived();
    await a.act(setExpense({ note: 'in the log, not yet in the tables' }, 42));
    await a.settle();
    const slow = { ...server.log, tail: async () => server.log.entries(testSpace)[9] };
    const deleted = await deleteSpace(server.history, server.rows, testSpace, muchLater);
    await server.rows.advance(testSpace, nothingApplied, { seq: 9, digest: null });
    const before = {
      log: { ...slow, after: async () => server.log.entries(testSpace).slice(9, 10) },
      spaces: server.history.spaces,
    };
    await materialise(before, server.rows, testSpace);
    expect(left(server).rows).toBe(1);
    if (!deleted.ok) throw new Error('not deleted');
    await finishDeletion(server.history, server.rows, deleted.value, 2 * muchLater);
    expect(left(server)).toEqual({ rows: 0, blobs: 0, facts: 0, entries: 1 });
  });

  it('[L6] a request with a token that is still valid is told that the account is gone', async () => {
    const { server } = await lived();
    const deleted = await deleteSpace(server.history, server.rows, testSpace, muchLater);
    if (!deleted.ok) throw new Error('not deleted');
    await finishDeletion(server.history, server.rows, deleted.value, 2 * muchLater);
    const request = {
      protocol: 2,
      schema: 1,
      space: testSpace,
      replica: '0'.repeat(16),
      epoch: 1,
      cursor: 0,
      digest: '0'.repeat(32),
    };
    expect(await handleSync(server.history, testSpace, request, 1)).toMatchObject({ error: { type: 'sealed' } });
  });
});
