import { describe, expect, it } from 'vitest';
import { testId } from '../testing/change-builder.ts';
import { createMemoryRowAudit } from '../testing/memory-row-audit.ts';
import { createLivedServer, type LivedServer, muchLater, pushNotes } from '../testing/test-lifecycle.ts';
import { expenseKey, setExpense, testSpace } from '../testing/test-device.ts';
import { ledgerAt } from './ledger-state.ts';
import { listedDigest } from './listed.ts';
import { nothingApplied } from './ports.ts';
import { repairRows } from './repair-rows.ts';

/** Nine entries on nine expenses, all in the tables; a snapshot at 8. */
const lived = async () => {
  const server = createLivedServer();
  const device = server.device('a');
  await pushNotes(device, 1, 9);
  await server.age(muchLater);
  const repair = () => repairRows(server.history, server.rows, createMemoryRowAudit(server.rows), testSpace);
  const rowOf = async (number: number) => {
    const row = (await server.rows.rows(testSpace, [expenseKey(number)])).get(expenseKey(number));
    if (!row) throw new Error('no row');
    return row;
  };
  return { server, device, repair, rowOf };
};

const foldedDigest = async ({ history }: LivedServer, seq: number): Promise<string> =>
  listedDigest((await ledgerAt(history, testSpace, [], seq)).rows.values());

describe('tables that somebody else wrote to', () => {
  it('[M3] that are the fold of the log are left as they are', async () => {
    const { repair } = await lived();
    expect(await repair()).toBe(0);
  });

  it('[M3] [fault 25] a row changed, put back to an older state, or under another position is written anew', async () => {
    const { server, repair, rowOf } = await lived();
    const [changed, older, moved] = [await rowOf(1), await rowOf(2), await rowOf(3)];
    await server.rows.putRow(testSpace, { ...changed, cells: {} }, changed.seq);
    await server.rows.putRow(testSpace, { ...older, seq: 1 }, older.seq);
    await server.rows.putRow(testSpace, { ...moved, seq: 9, cells: {} }, moved.seq);
    expect(await repair()).toBe(3);
    expect([await rowOf(1), await rowOf(2), await rowOf(3)]).toEqual([changed, older, moved]);
    expect(await repair()).toBe(0);
  });

  it('[M3] [fault 25] rows that were removed are written again, and the tables are the fold of the log', async () => {
    const { server, repair } = await lived();
    await server.rows.removeAll(testSpace, []);
    await server.rows.advance(testSpace, nothingApplied, { seq: 9, digest: null });
    expect(await repair()).toBe(9);
    expect(server.rows.all(testSpace).size).toBe(9);
  });

  it('[M3] [fault 25] a row of a record that the log knows nothing of is removed', async () => {
    const { server, repair, rowOf } = await lived();
    const forged = { ...(await rowOf(1)), id: testId(77) };
    await server.rows.putRow(testSpace, forged, 0);
    await server.rows.putRow(testSpace, { ...forged, id: testId(78), seq: 10 }, 0);
    expect(await repair()).toBe(1);
    expect((await server.rows.rows(testSpace, [expenseKey(77)])).size).toBe(0);
    expect(server.rows.all(testSpace).size).toBe(10);
    expect(await server.rows.applied(testSpace)).toEqual({ seq: 9, digest: await foldedDigest(server, 9) });
  });

  it('[M3] a row that the materialiser just moved on is not put back', async () => {
    const { server, device, repair, rowOf } = await lived();
    await device.act(setExpense({ note: 'newer' }, 1));
    await device.sync();
    const applied = await server.rows.applied(testSpace);
    await server.catchUp();
    const newer = await rowOf(1);
    const behind = { ...server.rows, applied: async () => applied };
    const audit = createMemoryRowAudit(server.rows);
    expect(await repairRows(server.history, behind, audit, testSpace)).toBe(0);
    expect(await rowOf(1)).toEqual(newer);
    expect(newer.id).toBe(testId(1));
    expect(await repair()).toBe(0);
  });

  it('[M3] [M1] get the digest of the fold where it was unknown or wrong, and keep it if `applied` moved on', async () => {
    const { server, repair } = await lived();
    const right = await server.rows.applied(testSpace);
    for (const digest of [null, 'a'.repeat(32)]) {
      const wrong = { seq: 9, digest };
      expect(await server.rows.advance(testSpace, await server.rows.applied(testSpace), wrong)).toBe(true);
      expect(await repair()).toBe(0);
      expect(await server.rows.applied(testSpace)).toEqual(right);
    }
    const late = { ...server.rows, applied: async () => ({ seq: 8, digest: null }) };
    await repairRows(server.history, late, createMemoryRowAudit(server.rows), testSpace);
    expect(await server.rows.applied(testSpace)).toEqual(right);
  });
});
