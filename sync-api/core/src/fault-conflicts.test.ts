import { describe, expect, it } from 'vitest';
import type { Transport } from './client/exchange.ts';
import { look } from './client/record-acts.ts';
import { budgetId, dismissalId, occurrenceId } from './protocol/derived-ids.ts';
import { testId } from './testing/change-builder.ts';
import {
  createTestDevice,
  createTestPair,
  deleteExpense,
  expenseKey,
  lostValues as lostOf,
  setExpense,
  setNote,
  settleAll,
  type TestDevice,
} from './testing/test-device.ts';
import { createLivedServer, pushNotes } from './testing/test-lifecycle.ts';

/** Rows of the fault catalogue in which people disagree, a scenario each; FAULTS.md lists all rows. */

const typesOf = (device: TestDevice) => device.state().journal.map(({ type }) => type);

describe('conflicts', () => {
  const shared = async () => {
    const world = createTestPair();
    const c = createTestDevice('c', world.server);
    await world.a.act(setExpense({ amount: { minor: 100, currency: 'EUR' }, note: 'shared' }));
    await settleAll(world.a, world.b, c);
    return { ...world, c };
  };
  const amount = (minor: number, currency = 'EUR') => setExpense({ amount: { minor, currency } });

  it('[fault 26] both edit the amount: one is shown, the other can be brought back', async () => {
    const { a, b } = await shared();
    await a.act(amount(200), { at: 10_000 });
    await b.act(amount(300), { at: 20_000 });
    await settleAll(a, b);
    expect([a, b].map((each) => each.values()['amount'])).toEqual(Array(2).fill({ minor: 300, currency: 'EUR' }));
    expect(lostOf(a)).toEqual([{ minor: 200, currency: 'EUR' }]);
    await a.act(setExpense({ amount: lostOf(a)[0] ?? null }));
    await settleAll(a, b);
    expect(b.values()['amount']).toEqual({ minor: 200, currency: 'EUR' });
    expect(lostOf(b)).toHaveLength(1);
  });

  it('[fault 27] different fields: both are kept, and nobody is bothered', async () => {
    const { a, b } = await shared();
    await a.act(amount(200));
    await b.act(setNote('by b'));
    await settleAll(a, b);
    expect(a.values()).toMatchObject({ amount: { minor: 200, currency: 'EUR' }, note: 'by b' });
    expect([...a.state().journal, ...b.state().journal]).toEqual([]);
  });

  it('[fault 28] the same value twice is no conflict', async () => {
    const { a, b } = await shared();
    await a.act(setNote('the same'));
    await b.act(setNote('the same'));
    await settleAll(a, b);
    expect(a.state().journal).toEqual([]);
  });

  it.each(['edit first', 'delete first'])(
    '[fault 29] edit against delete, %s: the entry stays, and both are told',
    async (order) => {
      const { a, b } = await shared();
      await a.act(setNote('edited'));
      await b.act(deleteExpense());
      await settleAll(...(order === 'edit first' ? [a, b] : [b, a]));
      expect([a, b].map((each) => [each.values()['note'], each.row()?.deleted?.value === true])).toEqual(
        Array(2).fill(['edited', false]),
      );
      expect([typesOf(a), typesOf(b)]).toEqual(Array(2).fill(['editMetDelete']));
    },
  );

  it('[fault 30] delete against delete is one delete', async () => {
    const { a, b } = await shared();
    await a.act(deleteExpense());
    await b.act(deleteExpense());
    await settleAll(a, b);
    expect([a.row()?.deleted?.value, b.row()?.deleted?.value]).toEqual([true, true]);
    expect([...typesOf(a), ...typesOf(b)]).toEqual([]);
  });

  it("[fault 31] an edit over an own pending one, under which another's landed unseen, is still a conflict", async () => {
    const { a, b, server } = await shared();
    await a.act(setNote('pending'), { at: 5_000 });
    await b.act(setNote('unseen'), { at: 6_000 });
    await b.settle();
    const pullOnly: Transport = {
      ...server.transport,
      send: (request) => {
        const { push: _, ...pull } = request;
        return server.transport.send(pull);
      },
    };
    await a.sync(1000, pullOnly);
    expect(a.values()['note']).toBe('pending');
    await a.act(setNote('over the pending one'), { at: 7_000 });
    await settleAll(a, b);
    expect(b.values()['note']).toBe('over the pending one');
    expect(lostOf(b)).toContain('unseen');
  });

  it('[fault 32] three devices, a chain of losers: all are journaled', async () => {
    const { a, b, c } = await shared();
    await a.act(setNote('first'), { at: 10_000 });
    await b.act(setNote('second'), { at: 20_000 });
    await c.act(setNote('third'), { at: 30_000 });
    await settleAll(a, b, c);
    expect([a, b, c].map((each) => each.values()['note'])).toEqual(Array(3).fill('third'));
    expect(new Set(lostOf(a))).toEqual(new Set(['first', 'second']));
  });

  it('[fault 33] resolved on two devices at once it is resolved once', async () => {
    const { a, b } = await shared();
    const values = { insight: 'lost x', reason: 'resolved' };
    const resolve = { type: 'set', kind: 'dismissal', id: dismissalId('lost x'), values } as const;
    await a.act(resolve);
    await b.act(resolve);
    await settleAll(a, b);
    expect([...a.state().records.keys()].filter((key) => key.startsWith('dismissal/'))).toHaveLength(1);
    expect(a.state().journal).toEqual([]);
  });

  it('[fault 34] two devices make one budget, and one occurrence of a template: one row each; edited and deleted at once it stays', async () => {
    const { a, b } = await shared();
    const category = testId(5);
    const of = { category, month: '2026-03', currency: 'EUR' };
    const id = budgetId(category, '2026-03', 'EUR');
    const budget = (minor: number) =>
      ({ type: 'set', kind: 'budget', id, values: { of, amount: { minor, currency: 'EUR' } } }) as const;
    const rent = {
      type: 'generate',
      kind: 'expense',
      id: occurrenceId(testId(9), '2026-03-01'),
      values: { note: 'rent' },
    } as const;
    await a.act([budget(100), rent], { at: 10_000 });
    await b.act([budget(200), rent], { at: 20_000 });
    await settleAll(a, b);
    expect(lostOf(a)).toEqual([{ minor: 100, currency: 'EUR' }]);
    expect([...a.state().records.keys()]).toHaveLength(3);
    await a.act({ type: 'delete', kind: 'budget', id });
    await b.act({ type: 'set', kind: 'budget', id, values: { amount: { minor: 300, currency: 'EUR' } } });
    await settleAll(a, b);
    expect(a.state().records.get(`budget/${id}`)?.shown).toMatchObject({
      cells: { amount: { value: { minor: 300, currency: 'EUR' } } },
      deleted: { value: false },
    });
  });

  it('[fault 35] amount and currency are never mixed', async () => {
    const { a, b } = await shared();
    await a.act(amount(200, 'USD'), { at: 10_000 });
    await b.act(amount(300, 'EUR'), { at: 20_000 });
    await settleAll(a, b);
    expect(a.values()['amount']).toEqual({ minor: 300, currency: 'EUR' });
    expect(lostOf(a)).toEqual([{ minor: 200, currency: 'USD' }]);
  });

  it('[fault 36] an edit of what was deleted long ago, and compacted since, brings it back with a word', async () => {
    const server = createLivedServer();
    const [a, b] = [server.device('a'), server.device('b')];
    await pushNotes(a, 1, 2);
    await b.settle();
    await b.act(setNote('typed before the plane took off'), { at: 3_000 });
    await a.act(deleteExpense(1));
    await pushNotes(a, 10, 10);
    expect(await server.age()).toBeGreaterThan(4);
    await settleAll(b, a);
    expect(a.values(1)['note']).toBe('typed before the plane took off');
    expect(a.row(1)?.deleted?.value).toBe(false);
    expect(typesOf(b)).toContain('editMetDelete');
  });

  it('what a person looked at while a value came in was not seen by them', async () => {
    const { a, b } = createTestPair();
    await a.act(setNote('shared'));
    await settleAll(a, b);
    const { sight } = await look(b.store, expenseKey());
    await a.act(setNote('came in while b typed'), { at: 2_000 });
    await settleAll(a, b);
    await b.act({ ...setNote('typed on the old value'), sight }, { at: 3_000 });
    await settleAll(b, a);
    expect(lostOf(a)).toEqual(['came in while b typed']);
  });
});

describe('clocks', () => {
  const shared = async () => {
    const world = createTestPair();
    await world.a.act(setNote('shared'), { at: 1 });
    await settleAll(world.a, world.b);
    return world;
  };

  it('[fault 38] a device in 2099 wins no tie that it should not, and is heard after its clock was corrected', async () => {
    const { a, b } = await shared();
    await a.act(setNote('from 2099'), { at: 4_070_908_800_000 });
    await settleAll(a, b);
    await b.act(setNote('typed later, having seen it'), { at: 2_000_000 });
    await settleAll(b, a);
    expect(a.values()['note']).toBe('typed later, having seen it');
    await a.act(setNote('after the clock was corrected'), { at: 2_000_001 });
    await settleAll(a, b);
    expect(b.values()['note']).toBe('after the clock was corrected');
    expect([...lostOf(a), ...lostOf(b)]).toEqual([]);
  });

  it('[fault 39] a device in 1970 loses ties, and its value is journaled', async () => {
    const { a, b } = await shared();
    await a.act(setNote('from 1970'), { at: 0 });
    await b.act(setNote('by b'), { at: 900_000 });
    await settleAll(a, b);
    expect(a.values()['note']).toBe('by b');
    expect(lostOf(b)).toEqual(['from 1970']);
  });

  it('[fault 40] a clock that jumps back overtakes no later edit of its own', async () => {
    const { a, b } = await shared();
    await a.act(setNote('at noon'), { at: 900_000 });
    await a.act(setNote('at noon again, after the jump'), { at: 10 });
    await settleAll(a, b);
    expect(b.values()['note']).toBe('at noon again, after the jump');
    expect(lostOf(b)).toEqual([]);
  });
});
