import 'fake-indexeddb/auto';
import { createMemoryChangeLog } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { syncThrough } from './testing/sync-through.ts';
import { createTestLedger, tea, testUuid } from './testing/test-ledger.ts';

/** Two devices with one entry, whose form is open on the first. */
const openForm = async () => {
  const log = createMemoryChangeLog();
  const [a, b] = [createTestLedger(), createTestLedger()] as const;
  const saved = await a.ledger.saveEntry(tea);
  if (!saved.ok) throw new Error('not saved');
  await syncThrough(log, a);
  await syncThrough(log, b);
  const { id } = saved.value;
  const before = await a.ledger.entry('expense', id);
  if (!before) throw new Error('not there');
  return { log, a, b, id, before };
};

describe('a form that is open while another device syncs', () => {
  it('keeps what came in of the fields it did not type', async () => {
    const { log, a, b, id, before } = await openForm();
    await b.ledger.saveEntry({ ...tea, id, amountMinor: 999 });
    await syncThrough(log, b);
    await syncThrough(log, a);
    await a.ledger.saveEntry({ ...tea, id, note: 'typed', before });
    expect(await a.ledger.entry('expense', id)).toMatchObject({ amountMinor: 999, note: 'typed' });
  });

  it('[F4] writes over nothing unseen: a value of the same field is kept as lost', async () => {
    const { log, a, b, id, before } = await openForm();
    b.clock.now = a.clock.now + 1000;
    await b.ledger.saveEntry({ ...tea, id, amountMinor: 999 });
    await syncThrough(log, b);
    await syncThrough(log, a);
    a.clock.now = b.clock.now + 1000;
    await a.ledger.saveEntry({ ...tea, id, amountMinor: 777, before });
    await syncThrough(log, a);
    await syncThrough(log, b);
    expect(await b.ledger.entry('expense', id)).toMatchObject({ amountMinor: 777 });
    expect(await b.ledger.notices()).toMatchObject([
      { type: 'conflict', lost: [{ group: 'amount', value: { minor: 999 } }] },
    ]);
  });

  it('[F5] an entry deleted meanwhile lives on, and both people are told', async () => {
    const { log, a, b, id, before } = await openForm();
    await b.ledger.deleteEntry('expense', id);
    await syncThrough(log, b);
    await syncThrough(log, a);
    await a.ledger.saveEntry({ ...tea, id, note: 'still here', before });
    await syncThrough(log, a);
    await syncThrough(log, b);
    for (const { ledger } of [a, b]) {
      expect(await ledger.entry('expense', id)).toMatchObject({ note: 'still here', amountMinor: 1240 });
      expect(await ledger.notices()).toMatchObject([{ type: 'editMetDelete' }]);
    }
  });

  it('a notice that was dismissed stays away', async () => {
    const { log, a, b, id, before } = await openForm();
    await b.ledger.deleteEntry('expense', id);
    await syncThrough(log, b);
    await syncThrough(log, a);
    await a.ledger.saveEntry({ ...tea, id, note: 'still here', before });
    await syncThrough(log, a);
    const [notice] = await a.ledger.notices();
    if (notice) await a.ledger.resolveNotice(notice, { type: 'keep' });
    expect(await a.ledger.notices()).toEqual([]);
  });
});

/** Two devices with one budget, which is being typed over on the first. */
const openBudget = async () => {
  const log = createMemoryChangeLog();
  const [a, b] = [createTestLedger(), createTestLedger()] as const;
  const budget = { categoryId: testUuid(5), month: '2026-11', amountMinor: 5000, currency: 'EUR' };
  await a.ledger.setBudget(budget);
  await syncThrough(log, a);
  await syncThrough(log, b);
  const [before, theirs] = [
    (await a.ledger.editableBudgets('2026-11'))[0],
    (await b.ledger.editableBudgets('2026-11'))[0],
  ];
  if (!before || !theirs) throw new Error('not there');
  return { log, a, b, budget, before, theirs };
};

describe('a budget that is typed while another device syncs', () => {
  it("[F4] keeps the other's amount as lost", async () => {
    const { log, a, b, budget, before, theirs } = await openBudget();
    b.clock.now = a.clock.now + 1000;
    await b.ledger.setBudget({ ...budget, amountMinor: 999, before: theirs });
    await syncThrough(log, b);
    await syncThrough(log, a);
    a.clock.now = b.clock.now + 1000;
    await a.ledger.setBudget({ ...budget, amountMinor: 777, before });
    await syncThrough(log, a);
    await syncThrough(log, b);
    expect(await b.ledger.budgets('2026-11')).toMatchObject([{ amountMinor: 777 }]);
    expect(await b.ledger.notices()).toMatchObject([
      { type: 'conflict', lost: [{ group: 'amount', value: { minor: 999 } }] },
    ]);
  });

  it('is no conflict once the other amount was seen', async () => {
    const { log, a, b, budget, theirs } = await openBudget();
    await b.ledger.setBudget({ ...budget, amountMinor: 999, before: theirs });
    await syncThrough(log, b);
    await syncThrough(log, a);
    const [seen] = await a.ledger.editableBudgets('2026-11');
    if (!seen) throw new Error('not there');
    await a.ledger.setBudget({ ...budget, amountMinor: 777, before: seen });
    await syncThrough(log, a);
    expect(await a.ledger.notices()).toEqual([]);
  });

  it('[F4] a first budget keeps the one that came in while it was typed', async () => {
    const { log, a, b, budget } = await openBudget();
    const other = { ...budget, categoryId: testUuid(6) };
    await b.ledger.setBudget({ ...other, amountMinor: 999 });
    await syncThrough(log, b);
    await syncThrough(log, a);
    a.clock.now = b.clock.now + 1000;
    await a.ledger.setBudget({ ...other, amountMinor: 777 });
    await syncThrough(log, a);
    expect(await a.ledger.notices()).toMatchObject([
      { type: 'conflict', lost: [{ group: 'amount', value: { minor: 999 } }] },
    ]);
  });

  it('[F5] one that was deleted meanwhile lives on, and somebody is told', async () => {
    const { log, a, b, budget, before, theirs } = await openBudget();
    await b.ledger.removeBudget(theirs);
    await syncThrough(log, b);
    await syncThrough(log, a);
    await a.ledger.setBudget({ ...budget, amountMinor: 777, before });
    await syncThrough(log, a);
    expect(await a.ledger.budgets('2026-11')).toMatchObject([{ amountMinor: 777 }]);
    expect(await a.ledger.notices()).toMatchObject([{ type: 'editMetDelete' }]);
  });
});
