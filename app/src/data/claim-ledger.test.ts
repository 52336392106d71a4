import 'fake-indexeddb/auto';
import { type ClientStore, exchange, isLive, type OutboxItem } from '@fintrack/sync-core/client';
import { handleSync } from '@fintrack/sync-core/server';
import { createMemoryChangeLog, createMemoryHistory, noParts, type MemoryChangeLog } from '@fintrack/sync-core/testing';
import { describe, expect, it } from 'vitest';
import { type Claim, claimLedger, hasTyped, isClaimConfirmed, unclaimedCount } from './claim-ledger.ts';
import { existingLocalLedgers, openLocalLedger } from './local-ledgers.ts';
import { addStarters } from './starters.ts';
import { rowText, rowOfText } from './stored-row.ts';
import { createTestLedger, tea, type TestLedger, testReplicaId, testUuid } from './testing/test-ledger.ts';

const entriesImported = 520;

/** A ledger somebody has used for a while without an account. */
const usedLocal = async (): Promise<TestLedger> => {
  const local = createTestLedger({ space: 'local', isLocal: true });
  const { ledger } = local;
  await addStarters(local.deps);
  const first = await ledger.saveEntry(tea);
  const second = await ledger.saveEntry({ ...tea, title: 'Gone' });
  if (!first.ok || !second.ok) throw new Error('not saved');
  await ledger.saveEntry({ ...tea, id: first.value.id, note: 'a day later' });
  await ledger.deleteEntry('expense', second.value.id);
  const category = (await ledger.categories())[0]?.id ?? '';
  const budget = { month: '2026-11', amountMinor: 5000, currency: 'EUR' };
  await ledger.setBudget({ ...budget, categoryId: category });
  await ledger.setBudget({ ...budget, categoryId: testUuid(7) });
  const other = (await ledger.budgets('2026-11')).find((each) => each.categoryId !== category);
  await ledger.removeBudget({ id: other?.id ?? '' });
  await ledger.updateProfile({ name: 'Ada' });
  await ledger.importRows(
    {
      importId: testUuid(99),
      fileName: 'a.csv',
      fileSizeBytes: 1,
      rows: Array.from({ length: entriesImported }, (_, index) => ({ ...tea, line: index + 1 })),
    },
    () => undefined,
  );
  await ledger.saveDraft('add', 'half-typed');
  return local;
};

/** Gives one entry an amount out of the protocol's range; answers its id. */
const breakAnEntry = async ({ database }: TestLedger): Promise<string> => {
  const stored = await database.rows.where('key').startsWith('expense/').first();
  if (!stored) throw new Error('no entry');
  const row = rowOfText(stored.row);
  const amount = row.cells['amount'];
  if (!amount) throw new Error('no amount');
  const cells = { ...row.cells, amount: { ...amount, value: { minor: 1e15, currency: 'EUR' } } };
  await database.rows.put({ ...stored, row: rowText({ ...row, cells }) });
  return row.id;
};

const shownOf = async ({ database }: TestLedger) => {
  const rows = (await database.rows.toArray()).map(({ row }) => rowOfText(row)).filter(isLive);
  return rows.map(({ kind, id, cells }) => ({
    kind,
    id,
    cells: Object.fromEntries(
      Object.entries(cells)
        .map(([group, { value, version }]) => [group, { value, at: version.generated ? 0 : version.at }] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  }));
};

const changesOf = async ({ store }: TestLedger): Promise<readonly OutboxItem['changes'][number][]> => {
  const items = await store.transact(async (reads) => ({
    result: await reads.outboxFrom(1, Number.POSITIVE_INFINITY),
  }));
  return items.flatMap(({ changes }) => changes);
};

const syncOnce = (device: TestLedger, log: MemoryChangeLog, now: number) =>
  exchange(
    device.store,
    {
      part: noParts,
      send: async (request) => {
        const answered = await handleSync(createMemoryHistory(log), 'user', request, now);
        return answered.ok ? { type: 'answer', answer: answered.value } : { type: 'refused', refusal: answered.error };
      },
    },
    { changesMax: 1000, newReplica: testReplicaId(998), now },
  );

const syncAll = async (device: TestLedger, log: MemoryChangeLog) => {
  for (let round = 0; round < 10; round++) {
    const outcome = await syncOnce(device, log, device.clock.now);
    if (outcome.type === 'progress' && !outcome.more) return;
  }
  throw new Error('sync does not end');
};

const claimOf = (local: TestLedger, account: TestLedger, store = account.store): Claim => ({
  local: local.database,
  account: { database: account.database, store, userId: 'user' },
  now: () => account.clock.now++,
  onProgress: () => undefined,
});

/** Lets `allowed` transactions through, then dies: in the middle of the next one, or right after its commit. */
const dyingStore = (store: ClientStore, allowed: number, when: 'before' | 'after'): ClientStore => {
  let left = allowed;
  return {
    transact: async (plan) => {
      if (left <= 0 && when === 'before') {
        return store.transact(async (reads) => {
          await plan(reads);
          throw new Error('killed');
        });
      }
      const result = await store.transact(plan);
      if (left-- <= 0) throw new Error('killed');
      return result;
    },
  };
};

describe('[D9] a claim', () => {
  it('copies what the local ledger shows, at the times it was typed', async () => {
    const local = await usedLocal();
    const account = createTestLedger({ space: 'user' });
    expect(await claimLedger(claimOf(local, account))).toBe('copied');
    expect(await shownOf(account)).toEqual(await shownOf(local));
    expect(await account.ledger.totals('2026-01', '2026-12')).toEqual(await local.ledger.totals('2026-01', '2026-12'));
    expect(await account.ledger.loadDraft('add')).toBe('half-typed');
    const deletes = (await changesOf(account)).filter(({ op }) => op === 'delete');
    expect(deletes.map(({ kind }) => kind)).toEqual(['budget']);
  });

  it('brings no draft back that was saved since', async () => {
    const local = await usedLocal();
    const account = createTestLedger({ space: 'user' });
    await claimLedger(claimOf(local, account));
    await account.ledger.clearDraft('add');
    expect(await claimLedger(claimOf(local, account))).toBe('copied');
    expect(await account.ledger.loadDraft('add')).toBeUndefined();
  });

  it('leaves the local ledger unwritable from its first moment', async () => {
    const local = await usedLocal();
    const account = createTestLedger({ space: 'user' });
    const dying = dyingStore(account.store, 0, 'before');
    await expect(claimLedger(claimOf(local, account, dying))).rejects.toThrow('killed');
    expect(await local.ledger.saveEntry(tea)).toEqual({ ok: false, error: { type: 'moving' } });
  });

  for (const when of ['before', 'after'] as const) {
    it(`killed ${when} any commit and resumed, it loses and doubles nothing`, async () => {
      const local = await usedLocal();
      const whole = createTestLedger({ space: 'user' });
      await claimLedger(claimOf(local, whole));
      const expected = { shown: await shownOf(whole), changes: (await changesOf(whole)).length };
      for (let allowed = 0; ; allowed++) {
        const account = createTestLedger({ space: 'user' });
        const died = await claimLedger(claimOf(local, account, dyingStore(account.store, allowed, when))).then(
          () => false,
          () => true,
        );
        await claimLedger(claimOf(local, account));
        expect(await shownOf(account)).toEqual(expected.shown);
        expect((await changesOf(account)).length).toBe(expected.changes);
        await account.database.delete();
        if (!died) break;
        expect(allowed).toBeLessThan(20);
      }
    }, 60_000);
  }

  it('begun in two tabs at once, it is copied once', async () => {
    const local = await usedLocal();
    const alone = createTestLedger({ space: 'user' });
    await claimLedger(claimOf(local, alone));
    const account = createTestLedger({ space: 'user' });
    const outcomes = await Promise.all([claimLedger(claimOf(local, account)), claimLedger(claimOf(local, account))]);
    expect(outcomes).toContain('copied');
    expect(await shownOf(account)).toEqual(await shownOf(alone));
    expect((await changesOf(account)).length).toBe((await changesOf(alone)).length);
  });

  it('is confirmed only when the server has every claimed change', async () => {
    const local = await usedLocal();
    const account = createTestLedger({ space: 'user' });
    const log = createMemoryChangeLog();
    const claim = claimOf(local, account);
    await claimLedger(claim);
    expect(await isClaimConfirmed(claim)).toBe(false);
    await account.ledger.saveEntry(tea);
    await syncAll(account, log);
    expect(await isClaimConfirmed(claim)).toBe(true);
    const second = createTestLedger({ space: 'user' });
    await syncAll(second, log);
    expect(await second.ledger.entryCount()).toBe(entriesImported + 2);
    expect((await second.ledger.profile()).name).toBe('Ada');
  });

  it('yields to what the account has', async () => {
    const log = createMemoryChangeLog();
    const first = createTestLedger({ space: 'user' });
    await addStarters(first.deps);
    await first.ledger.updateProfile({ name: 'Grace' });
    await syncAll(first, log);
    const local = await usedLocal();
    const account = createTestLedger({ space: 'user' });
    await syncAll(account, log);
    await claimLedger(claimOf(local, account));
    expect((await account.ledger.profile()).name).toBe('Grace');
  });

  it('leaves what the account cannot take in the local ledger, which is kept, and moves the rest', async () => {
    const local = await usedLocal();
    const broken = await breakAnEntry(local);
    const account = createTestLedger({ space: 'user' });
    const claim = claimOf(local, account);
    expect(await claimLedger(claim)).toBe('copied');
    const shown = await shownOf(local);
    expect(await shownOf(account)).toEqual(shown.filter(({ id }) => id !== broken));
    expect(await unclaimedCount(local.database, 'user')).toBe(1);
    await syncAll(account, createMemoryChangeLog());
    expect(await isClaimConfirmed(claim)).toBe(false);
    expect(await claimLedger(claim)).toBe('notOurs');
    expect(await claimLedger(claimOf(await usedLocal(), account))).toBe('copied');
    expect(await claimLedger(claim)).toBe('notOurs');
  });

  it("is not begun for another account's local ledger", async () => {
    const local = await usedLocal();
    await claimLedger(claimOf(local, createTestLedger({ space: 'user' })));
    const other = createTestLedger({ space: 'other' });
    const claim = claimOf(local, other);
    expect(await claimLedger({ ...claim, account: { ...claim.account, userId: 'other' } })).toBe('notOurs');
    expect(await isClaimConfirmed({ ...claim, account: { ...claim.account, userId: 'other' } })).toBe(false);
  });

  it('waits while an earlier local ledger of the account is unconfirmed', async () => {
    const account = createTestLedger({ space: 'user' });
    await claimLedger(claimOf(await usedLocal(), account));
    const next = await usedLocal();
    expect(await claimLedger(claimOf(next, account))).toBe('later');
    await syncAll(account, createMemoryChangeLog());
    expect(await claimLedger(claimOf(next, account))).toBe('copied');
  });

  it('is not worth it for starters alone', async () => {
    const fresh = createTestLedger({ space: 'local' });
    await addStarters(fresh.deps);
    expect(await hasTyped(fresh.database)).toBe(false);
    expect(await hasTyped((await usedLocal()).database)).toBe(true);
  });
});

describe('local ledgers', () => {
  it('a person who signs out during a move goes on in another, and comes back to that one', async () => {
    const first = await openLocalLedger();
    const { store } = createTestLedger({ name: first.name, space: 'local' });
    await store.transact(async (reads) => ({ result: await reads.meta() }));
    const account = createTestLedger({ space: 'user' });
    await claimLedger({ ...claimOf(account, account), local: first });
    const second = await openLocalLedger();
    expect(second.name).not.toBe(first.name);
    await second.drafts.put({ name: 'x', value: 1 });
    await first.delete();
    expect((await openLocalLedger()).name).toBe(second.name);
    expect((await existingLocalLedgers()).map(({ name }) => name)).toEqual([second.name]);
  });
});
