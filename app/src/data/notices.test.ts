import 'fake-indexeddb/auto';
import { recordActs } from '@fintrack/sync-core/client';
import type { Result } from '@fintrack/sync-core/protocol';
import { createMemoryChangeLog } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import type { Notice } from '../model/ledger.ts';
import { syncThrough } from './testing/sync-through.ts';
import { createTestLedger, tea, type TestLedger, testUuid } from './testing/test-ledger.ts';

const must = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/** Both devices changed amount and note of one entry; the second did so later. */
const conflicted = async () => {
  const log = createMemoryChangeLog();
  const [a, b] = [createTestLedger(), createTestLedger()] as const;
  const sync = async (...devices: TestLedger[]) => {
    for (const device of devices) await syncThrough(log, device);
  };
  const { id } = must(await a.ledger.saveEntry(tea));
  await sync(a, b);
  must(await a.ledger.saveEntry({ ...tea, id, amountMinor: 111, note: 'first' }));
  b.clock.now = a.clock.now + 1000;
  must(await b.ledger.saveEntry({ ...tea, id, amountMinor: 222, note: 'second' }));
  await sync(a, b, a);
  return { a, b, id, sync };
};

const onlyNotice = async ({ ledger }: TestLedger): Promise<Notice & { readonly type: 'conflict' }> => {
  const [notice, ...others] = await ledger.notices();
  if (notice?.type !== 'conflict' || others.length > 0) throw new Error('not one conflict');
  return notice;
};

const lostValues = (notice: Notice & { readonly type: 'conflict' }) =>
  Object.fromEntries(notice.lost.map(({ group, value }) => [group, value]));

const amounts = async ({ ledger }: TestLedger) =>
  (await ledger.entries({ limit: 10 })).entries
    .map(({ amountMinor, note }) => [amountMinor, note] as const)
    .toSorted(([a], [b]) => a - b);

describe('a conflict', () => {
  it('is one notice on both devices, however many fields lost', async () => {
    const { a, b } = await conflicted();
    for (const device of [a, b]) expect(lostValues(await onlyNotice(device))).toMatchObject({ note: 'first' });
    expect((await onlyNotice(a)).id).toBe((await onlyNotice(b)).id);
  });

  it('that is dealt with on one device is gone on the other', async () => {
    const { a, b, sync } = await conflicted();
    must(await a.ledger.resolveNotice(await onlyNotice(a), { type: 'keep' }));
    expect(await a.ledger.notices()).toEqual([]);
    await sync(a, b);
    expect(await b.ledger.notices()).toEqual([]);
    expect(await amounts(b)).toEqual([[222, 'second']]);
  });

  it('[F3] dealt with on two devices at once is one resolution, and no conflict of its own', async () => {
    const { a, b, sync } = await conflicted();
    for (const device of [a, b]) must(await device.ledger.resolveNotice(await onlyNotice(device), { type: 'keep' }));
    await sync(a, b, a);
    for (const device of [a, b]) expect(await device.ledger.notices()).toEqual([]);
    const dismissals = await a.database.rows.where('key').startsWith('dismissal/').count();
    expect(dismissals).toBe(2);
  });

  it('may be decided for the values that lost', async () => {
    const { a, b, id, sync } = await conflicted();
    const notice = await onlyNotice(b);
    const { sight } = await b.ledger.history('expense', id);
    must(await b.ledger.resolveNotice(notice, { type: 'take', values: lostValues(notice), sight }));
    await sync(b, a);
    expect([await amounts(a), await a.ledger.notices()]).toEqual([[[111, 'first']], []]);
  });

  it('that both devices keep both of leaves two entries, not three', async () => {
    const { a, b, sync } = await conflicted();
    for (const device of [a, b]) {
      const notice = await onlyNotice(device);
      must(await device.ledger.resolveNotice(notice, { type: 'keepBoth', values: lostValues(notice) }));
    }
    await sync(a, b, a);
    for (const device of [a, b]) {
      expect(await amounts(device)).toEqual([
        [111, 'first'],
        [222, 'second'],
      ]);
      expect(await device.ledger.notices()).toEqual([]);
    }
  });

  it('whose loser was not chosen is in the history for ever', async () => {
    const { a, b, id, sync } = await conflicted();
    must(await b.ledger.resolveNotice(await onlyNotice(b), { type: 'keep' }));
    await sync(b, a);
    const history = await a.ledger.history('expense', id);
    const loser = history.events.find(({ values }) => values['note'] === 'first');
    if (loser) must(await a.ledger.restoreVersion(history, loser));
    expect(await amounts(a)).toEqual([[111, 'first']]);
  });
});

describe('a refused change', () => {
  it('keeps what was typed and says why', async () => {
    const log = createMemoryChangeLog();
    const device = createTestLedger();
    const id = testUuid(77);
    const values = { amount: { minor: 5, currency: 'XXX' }, date: '2026-11-03', description: 'Bazaar' };
    await recordActs(device.store, [{ type: 'set', kind: 'expense', id, values }], { at: 5, check: () => undefined });
    await syncThrough(log, device);
    const [notice] = await device.ledger.notices();
    expect(notice).toMatchObject({ type: 'rejected', key: `expense/${id}`, values, reason: { type: 'value' } });
    expect((await device.ledger.history('expense', id)).events).toMatchObject([{ what: 'refused', values }]);
    if (notice) must(await device.ledger.resolveNotice(notice, { type: 'keep' }));
    expect(await device.ledger.notices()).toEqual([]);
  });
});
