import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../protocol/change.ts';
import type { Json } from '../protocol/json.ts';
import { tableKinds } from '../protocol/records.ts';
import { createAuthor, testId, testReplica } from '../testing/change-builder.ts';
import { checkTables, createInvariants } from '../testing/invariants.ts';
import { createMemoryRowAudit } from '../testing/memory-row-audit.ts';
import { createMemoryHistory } from '../testing/memory-lifecycle-stores.ts';
import { createMemoryChangeLog, createMemoryRowStore, type MemoryChangeLog } from '../testing/memory-server-stores.ts';
import { materialise } from './materialise.ts';
import { listedDigest } from './listed.ts';
import { nothingApplied, type RowStore } from './ports.ts';
import { repairRows } from './repair-rows.ts';

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
/** Of the log's fold up to `seq`, from its beginning. */
const foldedDigest = (log: MemoryChangeLog, seq: number): string =>
  listedDigest(
    createInvariants(() => log.entries(space).slice(0, seq))
      .refold()
      .rows.values(),
  );
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

  it('[M1] hold what tables are for and the profile, and no other kind', async () => {
    const { log, rows } = await worldOf(0);
    const kinds = [...tableKinds, 'profile', 'category', 'template', 'setting', 'hologram'];
    const changes = kinds.map((kind) => ({ ...expense(1, 'n'), kind }));
    await log.append(space, createAuthor(testReplica('a')).entry(1, changes), {});
    await materialise(createMemoryHistory(log), rows, space);
    expect([...rows.all(space).values()].map(({ kind }) => kind)).toEqual([...tableKinds, 'profile']);
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
    const forgetful: RowStore = { ...rows, applied: async () => nothingApplied };
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
      expect((await rows.applied(space)).seq).toBe(life < 3 ? 0 : 9);
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
      applied: 0,
      rowsWritten: 0,
      more: true,
    });
    expect(await rows.applied(space)).toEqual({ seq: 7, digest: foldedDigest(log, 7) });
    expect(faultOf(log, rows)).toBeUndefined();
  });

  it('[M2] a row that never keeps still is a bug, said aloud', async () => {
    const { log, rows } = await worldOf(1);
    const restless: RowStore = { ...rows, putRow: async () => false };
    await expect(materialise(createMemoryHistory(log), restless, space)).rejects.toThrow(
      'row of kind expense kept changing',
    );
    expect(await rows.applied(space)).toEqual(nothingApplied);
  });

  it('[M1] [M2] come out the same however many runs go at once, and wherever they wait', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 3 }), async (scheduler, runs) => {
        const { log, grow, rows } = await worldOf(6);
        const slow: RowStore = {
          applied: scheduler.scheduleFunction((of) => rows.applied(of)),
          rows: scheduler.scheduleFunction((of, keys) => rows.rows(of, keys)),
          putRow: scheduler.scheduleFunction((of, row, seq) => rows.putRow(of, row, seq)),
          advance: scheduler.scheduleFunction((of, from, to) => rows.advance(of, from, to)),
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

  it('[M1] go on from another run, and say so, where that one moved them meanwhile', async () => {
    const { log, rows } = await worldOf(4);
    const late: RowStore = { ...rows, applied: async () => ({ seq: 2, digest: null }) };
    await materialise(createMemoryHistory(log), rows, space);
    expect(await materialise(createMemoryHistory(log), late, space)).toMatchObject({ applied: 2, more: true });
    expect(await rows.applied(space)).toEqual({ seq: 4, digest: foldedDigest(log, 4) });
  });
});

/** Entries, income and budgets, listed or not, and other kinds; each is typed and deleted now and then. */
const listedWorld = async (count: number) => {
  const log = createMemoryChangeLog();
  const author = createAuthor(testReplica('a'));
  const sets: Readonly<Record<string, readonly Readonly<Record<string, readonly [Json]>>[]>> = {
    expense: [{ date: ['2026-03-01'] }, { date: ['2026-02-30'] }, { note: ['no date'] }],
    income: [{ date: ['2026-03-02'] }, { date: [null] }],
    budget: [{ of: [{ month: '2026-03' }] }, { of: [{ month: 3 }] }],
    dismissal: [{ insight: ['rent is late'] }, { reason: ['known'] }],
    forecast: [{ of: [{ month: '2026-03' }] }, { of: [null] }],
    category: [{ date: ['2026-03-01'], name: ['Food'] }],
  };
  const kinds = Object.keys(sets);
  const grow = async (more: number) => {
    for (let seq = log.entries(space).length + 1; more > 0; seq++, more--) {
      const kind = kinds[seq % kinds.length] ?? 'expense';
      const id = testId(seq % 3);
      const values = sets[kind] ?? [];
      const set = values[Math.floor(seq / kinds.length) % values.length] ?? {};
      const sees = Object.fromEntries(
        ['date', 'of', 'note', 'name', 'insight', 'reason'].map((group) => [group, [seq - 1] as const]),
      );
      const on = { kind, id, at: 5 };
      const change: Change = seq % 4 === 3 ? { ...on, op: 'delete', see: sees } : { ...on, set };
      await log.append(space, author.entry(seq, [change, expense(seq % 7, `n${seq}`)]), {});
    }
  };
  await grow(count);
  return { log, grow };
};

describe('the digest of the rows that the indexes list', () => {
  it('[M1] is that of the fold after every run, through deletes, restores and dates that are none', async () => {
    const { log, grow } = await listedWorld(0);
    const rows = createMemoryRowStore();
    const digests = new Set<string | null>();
    for (let seq = 1; seq <= 40; seq++) {
      await grow(1);
      await materialise(createMemoryHistory(log), rows, space);
      expect(await rows.applied(space)).toEqual({ seq, digest: foldedDigest(log, seq) });
      digests.add((await rows.applied(space)).digest);
    }
    expect(digests.size).toBeGreaterThan(15);
  });

  it('[M1] is unknown after a run that was killed among its rows, and is said to be', async () => {
    const { log, grow } = await listedWorld(8);
    const rows = createMemoryRowStore();
    let writes = 0;
    const putRow: RowStore['putRow'] = (...what) =>
      writes++ < 3 ? rows.putRow(...what) : Promise.reject(new Error('killed'));
    await expect(materialise(createMemoryHistory(log), { ...rows, putRow }, space)).rejects.toThrow('killed');
    expect(await materialise(createMemoryHistory(log), rows, space)).toMatchObject({ isDigestUnknown: true });
    expect(await rows.applied(space)).toEqual({ seq: 8, digest: null });
    await grow(2);
    expect(await materialise(createMemoryHistory(log), rows, space)).toMatchObject({
      applied: 10,
      isDigestUnknown: true,
    });
    expect(await materialise(createMemoryHistory(log), rows, space)).toMatchObject({
      more: false,
      isDigestUnknown: true,
    });
    await repairRows(createMemoryHistory(log), rows, createMemoryRowAudit(rows), space);
    expect(await rows.applied(space)).toEqual({ seq: 10, digest: foldedDigest(log, 10) });
  });

  it('[M1] [M3] is that of the fold wherever it is known, whatever runs at once, is killed or repairs', async () => {
    let known = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 3 }),
        async (order, lives) => {
          const { log, grow } = await listedWorld(5);
          const rows = createMemoryRowStore();
          const audit = createMemoryRowAudit(rows);
          const isRight = async () => {
            const { seq, digest } = await rows.applied(space);
            if (digest !== null && seq > 0) known += 1;
            expect(digest === null || digest === foldedDigest(log, seq)).toBe(true);
          };
          const slow = (life: number): RowStore => {
            const live = <T>(call: () => Promise<T>): Promise<T> =>
              life-- > 0 ? order.schedule(Promise.resolve()).then(call) : Promise.reject(new Error('killed'));
            return {
              applied: (of) => live(() => rows.applied(of)),
              rows: (of, keys) => live(() => rows.rows(of, keys)),
              putRow: (of, row, seq) => live(() => rows.putRow(of, row, seq)),
              advance: (of, from, to) =>
                live(() => {
                  const isMoved = rows.advance(of, from, to);
                  return isMoved.finally(() => void going.push(isRight()));
                }),
              removeAll: (of, keys) => live(() => rows.removeAll(of, keys)),
            };
          };
          const history = createMemoryHistory(log);
          const going: Promise<unknown>[] = [...lives, 999, 999].map((life) =>
            materialise(history, slow(life), space).catch(() => undefined),
          );
          const later = order.schedule(Promise.resolve()).then(() => grow(4));
          going.push(later.then(() => materialise(history, slow(999), space)));
          going.push(later.then(() => repairRows(history, slow(999), audit, space)));
          await order.waitFor(Promise.all(going));
          while ((await materialise(history, rows, space)).more);
          await isRight();
          await repairRows(history, rows, audit, space);
          expect(await rows.applied(space)).toEqual({ seq: 9, digest: foldedDigest(log, 9) });
        },
      ),
      { numRuns: 150 },
    );
    expect(known).toBeGreaterThan(100);
  });
});
