import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../protocol/change.ts';
import { createAuthor, testId, testReplica } from '../testing/change-builder.ts';
import { checkTables, createInvariants } from '../testing/invariants.ts';
import { createMemoryHistory } from '../testing/memory-lifecycle-stores.ts';
import { createMemoryChangeLog, createMemoryRowStore, type MemoryChangeLog } from '../testing/memory-server-stores.ts';
import { materialise } from './materialise.ts';
import type { RowStore } from './ports.ts';

const space = 'space';
const expense = (number: number, text: string, base = 0): Change => ({
  kind: 'expense',
  id: testId(number),
  at: 5,
  set: { note: base === 0 ? [text] : [text, base] },
});
/** Entries of one change each, by two authors in turn, on three records. */
const worldOf = async (count: number) => {
  const log = createMemoryChangeLog();
  const authors = [createAuthor(testReplica('a')), createAuthor(testReplica('b'))] as const;
  const grow = async (more: number) => {
    for (let seq = log.entries(space).length + 1; more > 0; seq++, more--) {
      const author = authors[seq % 2 === 0 ? 0 : 1];
      const deletes = seq % 5 === 0;
      const change: Change = deletes
        ? { kind: 'expense', id: testId(seq % 3), at: 5, op: 'delete', see: { note: [seq - 1] } }
        : expense(seq % 3, `n${seq}`, seq % 4);
      await log.append(space, author.entry(seq, [change]), {});
    }
  };
  await grow(count);
  return { log, grow, rows: createMemoryRowStore() };
};
const faultOf = (log: MemoryChangeLog, rows: ReturnType<typeof createMemoryRowStore>) =>
  checkTables(rows.all(space), createInvariants(() => log.entries(space)).refold().rows);

describe('the tables', () => {
  it('[M1] [I9] hold the fold of the log, with tombstones, once a run is through', async () => {
    const { log, rows } = await worldOf(11);
    expect(await materialise(createMemoryHistory(log), rows, space)).toEqual({
      applied: 11,
      rowsWritten: 3,
      more: false,
    });
    expect(faultOf(log, rows)).toBeUndefined();
  });

  it('[M1] of an empty log hold nothing', async () => {
    const { log, rows } = await worldOf(0);
    expect(await materialise(createMemoryHistory(log), rows, space)).toEqual({
      applied: 0,
      rowsWritten: 0,
      more: false,
    });
  });

  it('[M1] hold expenses, income, budgets and the profile, and no other kind', async () => {
    const { log, rows } = await worldOf(0);
    const kinds = ['expense', 'income', 'budget', 'profile', 'category', 'template', 'setting', 'hologram'];
    const changes = kinds.map((kind) => ({ ...expense(1, 'n'), kind }));
    await log.append(space, createAuthor(testReplica('a')).entry(1, changes), {});
    await materialise(createMemoryHistory(log), rows, space);
    expect([...rows.all(space).values()].map(({ kind }) => kind)).toEqual(kinds.slice(0, 4));
  });

  it('[M1] leave flagged changes out', async () => {
    const { log, rows } = await worldOf(0);
    const entry = createAuthor(testReplica('a')).entry(1, [expense(1, 'a'), expense(2, 'b')], {
      rejected: [[2, { type: 'shape' }]],
    });
    await log.append(space, entry, {});
    await materialise(createMemoryHistory(log), rows, space);
    expect([...rows.all(space).values()].map(({ id }) => id)).toEqual([testId(1)]);
  });

  it('[M1] grow by one bounded run a call', async () => {
    const { log, rows } = await worldOf(150);
    expect(await materialise(createMemoryHistory(log), rows, space)).toMatchObject({ applied: 100, more: true });
    expect(await materialise(createMemoryHistory(log), rows, space)).toMatchObject({ applied: 150, more: false });
    expect(faultOf(log, rows)).toBeUndefined();
  });

  it('[M1] are not touched again by a run that comes late or twice', async () => {
    const { log, rows } = await worldOf(8);
    await materialise(createMemoryHistory(log), rows, space);
    expect(await materialise(createMemoryHistory(log), rows, space)).toEqual({
      applied: 8,
      rowsWritten: 0,
      more: false,
    });
    const forgetful: RowStore = { ...rows, applied: async () => 0 };
    expect(await materialise(createMemoryHistory(log), forgetful, space)).toMatchObject({ rowsWritten: 0 });
    expect(faultOf(log, rows)).toBeUndefined();
  });

  it('[M1] do not move over a hole, nor over a seal', async () => {
    const { log, rows } = await worldOf(4);
    const holed = { ...log, after: async () => log.entries(space).filter(({ entry }) => entry.seq !== 2) };
    expect(await materialise(createMemoryHistory(holed), rows, space)).toEqual({
      applied: 0,
      rowsWritten: 0,
      more: true,
    });
    await log.append(space, { type: 'seal', seq: 5, epoch: 1, receivedAt: 5 }, {});
    expect(await materialise(createMemoryHistory(log), rows, space)).toEqual({
      applied: 0,
      rowsWritten: 0,
      more: false,
      isSealed: true,
    });
    expect(rows.all(space).size).toBe(0);
  });

  it('[M1] survive a run that is killed between any two rows', async () => {
    for (let life = 0; life < 4; life++) {
      const { log, rows } = await worldOf(9);
      let writes = 0;
      const mortal: RowStore = {
        ...rows,
        putRow: (...what) => (writes++ < life ? rows.putRow(...what) : Promise.reject(new Error('killed'))),
        advance: (...what) => (writes > life ? Promise.reject(new Error('killed')) : rows.advance(...what)),
      };
      await materialise(createMemoryHistory(log), mortal, space).catch(() => undefined);
      expect(await rows.applied(space)).toBe(life < 3 ? 0 : 9);
      await materialise(createMemoryHistory(log), rows, space);
      expect(faultOf(log, rows)).toBeUndefined();
    }
  });

  it('[M2] a row that another run moved on meanwhile is read and folded again', async () => {
    const { log, grow, rows } = await worldOf(3);
    let isFirst = true;
    const overtaken: RowStore = {
      ...rows,
      rows: async (of, keys) => {
        const found = await rows.rows(of, keys);
        if (isFirst) {
          isFirst = false;
          await grow(4);
          await materialise(createMemoryHistory(log), rows, space);
        }
        return found;
      },
    };
    expect(await materialise(createMemoryHistory(log), overtaken, space)).toMatchObject({
      applied: 3,
      rowsWritten: 0,
      more: false,
    });
    expect(await rows.applied(space)).toBe(7);
    expect(faultOf(log, rows)).toBeUndefined();
  });

  it('[M2] a row that never keeps still is a bug, said aloud', async () => {
    const { log, rows } = await worldOf(1);
    const restless: RowStore = { ...rows, putRow: async () => false };
    await expect(materialise(createMemoryHistory(log), restless, space)).rejects.toThrow(
      'row of kind expense kept changing',
    );
    expect(await rows.applied(space)).toBe(0);
  });

  it('[M1] [M2] come out the same however many runs go at once, and wherever they wait', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 3 }), async (scheduler, runs) => {
        const { log, grow, rows } = await worldOf(6);
        const slow: RowStore = {
          applied: scheduler.scheduleFunction((of) => rows.applied(of)),
          rows: scheduler.scheduleFunction((of, keys) => rows.rows(of, keys)),
          putRow: scheduler.scheduleFunction((of, row, seq) => rows.putRow(of, row, seq)),
          advance: scheduler.scheduleFunction((of, seq) => rows.advance(of, seq)),
          removeAll: scheduler.scheduleFunction((of, keys) => rows.removeAll(of, keys)),
        };
        const going = Array.from({ length: runs }, () => materialise(createMemoryHistory(log), slow, space));
        going.push(
          scheduler
            .schedule(Promise.resolve())
            .then(() => grow(3))
            .then(() => materialise(createMemoryHistory(log), slow, space)),
        );
        await scheduler.waitFor(Promise.all(going));
        await materialise(createMemoryHistory(log), rows, space);
        expect(faultOf(log, rows)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});
