import 'fake-indexeddb/auto';
import { exchange } from '@fintrack/sync-core/client';
import { monthOf } from '@fintrack/sync-core/protocol';
import { handleSync } from '@fintrack/sync-core/server';
import { createMemoryChangeLog, createMemoryHistory, noParts } from '@fintrack/sync-core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MonthTotal } from '../model/ledger.ts';
import { createTestLedger, type TestLedger, testReplicaId } from './testing/test-ledger.ts';
import { totalName } from './totals.ts';

const categories = [null, '00000001-0000-4000-8000-000000000000', '00000002-0000-4000-8000-000000000000'];
const draft = fc.record({
  kind: fc.constantFrom('expense' as const, 'income' as const),
  date: fc.constantFrom('2026-10-31', '2026-11-01', '2026-11-30'),
  amountMinor: fc.integer({ min: -5000, max: 90_000 }),
  currency: fc.constantFrom('EUR', 'JPY'),
  title: fc.constantFrom('Tea', 'Rent'),
  note: fc.constantFrom('', 'note'),
  categoryId: fc.constantFrom(...categories),
});
const device = fc.nat({ max: 1 });
const pick = fc.nat({ max: 7 });
const act = fc.oneof(
  fc.record({ type: fc.constant('add' as const), device, draft }),
  fc.record({ type: fc.constant('edit' as const), device, draft, pick }),
  fc.record({ type: fc.constant('delete' as const), device, pick }),
  fc.record({ type: fc.constant('restore' as const), device, pick }),
  fc.record({ type: fc.constant('sync' as const), device }),
);

const recount = async ({ ledger }: TestLedger): Promise<readonly MonthTotal[]> => {
  const totals = new Map<string, MonthTotal>();
  for (const month of ['2026-10', '2026-11']) {
    for (const entry of await ledger.monthEntries(month)) {
      const key = `${monthOf(entry.date)} ${totalName(entry)}`;
      const { sumMinor, count } = totals.get(key) ?? { sumMinor: 0, count: 0 };
      const { kind, currency, categoryId } = entry;
      totals.set(key, {
        month,
        currency,
        kind,
        categoryId,
        sumMinor: sumMinor + entry.amountMinor,
        count: count + 1,
      });
    }
  }
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total);
};

describe('kept totals', () => {
  it('equal a recount of the ledger after any acts of two devices, synced in any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const log = createMemoryChangeLog();
        const devices = [createTestLedger(), createTestLedger()] as const;
        const made: { kind: 'expense' | 'income'; id: string }[] = [];
        const sync = async (of: TestLedger) => {
          const outcome = await exchange(
            of.store,
            {
              part: noParts,
              send: async (request) => {
                const answered = await handleSync(createMemoryHistory(log), 'space', request, of.clock.now);
                return answered.ok
                  ? { type: 'answer', answer: answered.value }
                  : { type: 'refused', refusal: answered.error };
              },
            },
            { changesMax: 1000, newReplica: testReplicaId(999), now: of.clock.now },
          );
          expect(outcome.type).toBe('progress');
        };
        for (const each of acts) {
          const { ledger } = devices[each.device as 0 | 1];
          const target = 'pick' in each ? made[each.pick] : undefined;
          if (each.type === 'sync') await sync(devices[each.device as 0 | 1]);
          else if (each.type === 'add') {
            const saved = await ledger.saveEntry(each.draft);
            if (saved.ok) made.push(saved.value);
          } else if (!target) continue;
          else if (each.type === 'edit') await ledger.saveEntry({ ...each.draft, ...target });
          else if (each.type === 'delete') await ledger.deleteEntry(target.kind, target.id);
          else await ledger.restoreEntry(target.kind, target.id);
        }
        for (const one of [...devices, ...devices]) await sync(one);
        const [first, second] = devices;
        expect(await first.ledger.totals('2026-10', '2026-11')).toEqual(await recount(first));
        expect(await second.ledger.totals('2026-10', '2026-11')).toEqual(await recount(first));
        expect(await second.ledger.entryCount()).toBe(
          (await recount(first)).reduce((sum, { count }) => sum + count, 0),
        );
        await Promise.all(devices.map(({ database }) => database.delete()));
      }),
      { numRuns: 25, seed: 7 },
    );
  }, 60_000);
});
