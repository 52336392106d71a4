import { monthOf } from '@fintrack/sync-core/protocol/calendar-date';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArithmeticStep } from '../insight.ts';
import { groupMonth } from '../month-entries.ts';
import { monthProgress } from '../month-progress.ts';
import { anyDate, anyLedger } from '../testing/arbitrary-ledger.ts';
import { buildLedger, type Ledger } from '../testing/ledger-builder.ts';
import { checkBudgets } from './budget-check.ts';
import { budgetInsights } from './budget-insights.ts';

const dining = buildLedger().budget('2026-11', 20_000, 'dining');
const insightsOf = (ledger: ReturnType<typeof buildLedger>, asOf: string, month = '2026-11') =>
  insightsIn(ledger.build(), asOf, month);
const insightsIn = (ledger: Ledger, asOf: string, month = monthOf(asOf)) => {
  const [entries, progress] = [groupMonth(ledger.entries, month), monthProgress(month, asOf)];
  const budgets = ledger.budgets.filter((budget) => budget.month === month);
  return budgetInsights({ checks: checkBudgets(budgets, entries, progress, asOf), entries, month, progress, asOf });
};

describe('an insight', () => {
  it('tells that a budget is over, with the entries and the sum', () => {
    const ledger = dining.expense('2026-11-09', 20_000, 'dining').expense('2026-11-02', 1572, 'dining');
    expect(insightsOf(ledger, '2026-11-10')).toEqual([
      {
        kind: 'budget-over',
        key: 'budget-over:b1',
        subject: { type: 'budget', budgetId: 'b1', categoryId: 'dining', month: '2026-11' },
        money: { minor: 1572, currency: 'EUR' },
        bucket: 22,
        since: '2026-11-10',
        confidence: 'certain',
        evidence: ['e2', 'e1'],
        arithmetic: [
          {
            step: 'difference',
            from: { name: 'spent', minor: 21_572 },
            take: { name: 'budget', minor: 20_000 },
            result: { name: 'over', minor: 1572 },
          },
        ],
        action: { type: 'set-budget', budgetId: 'b1', money: { minor: 21_572, currency: 'EUR' } },
      },
    ]);
  });

  it('tells that a budget is above pace, with how the pace is worked out', () => {
    const ledger = dining
      .expense('2026-11-03', 9050, 'dining')
      .expense('2026-11-11', 6000, 'dining')
      .expense('2026-11-17', 691, 'dining')
      .expense('2026-11-25', 100, 'dining');
    expect(insightsOf(ledger, '2026-11-20')).toMatchObject([
      {
        kind: 'budget-above-pace',
        key: 'budget-above-pace:b1',
        money: { minor: 2408, currency: 'EUR' },
        confidence: 'likely',
        evidence: ['e1', 'e2', 'e3'],
        arithmetic: [
          { step: 'share', of: { minor: 20_000 }, numerator: 20, denominator: 30, result: { minor: 13_333 } },
          { step: 'difference', from: { minor: 15_741 }, take: { minor: 13_333 }, result: { minor: 2408 } },
        ],
      },
    ]);
  });

  it('about pace is only possible in the first half of the month', () => {
    const ledger = [1, 2, 3].reduce((built, day) => built.expense(`2026-11-0${day}`, 6000, 'dining'), dining);
    expect(insightsOf(ledger, '2026-11-14').map((found) => found.confidence)).toEqual(['possible']);
    expect(insightsOf(ledger, '2026-11-15').map((found) => found.confidence)).toEqual(['likely']);
  });

  it('does not take one or two payments for a pace', () => {
    const rent = dining.expense('2026-11-01', 19_000, 'dining');
    expect(insightsOf(rent, '2026-11-02')).toEqual([]);
    expect(insightsOf(rent.expense('2026-11-02', 1000, 'dining'), '2026-11-02')).toEqual([]);
  });

  it('lists its evidence by date, and by id within a day', () => {
    const ledger = [9, 3, 9].reduce((built, day) => built.expense(`2026-11-0${day}`, 9000, 'dining'), dining).build();
    const insights = insightsIn({ ...ledger, entries: ledger.entries.toReversed() }, '2026-11-10');
    expect(insights[0]?.evidence).toEqual(['e2', 'e1', 'e3']);
  });

  it('keeps its key when amounts change', () => {
    const once = dining.expense('2026-11-09', 30_000, 'dining');
    const more = once.expense('2026-11-10', 500, 'dining');
    const keys = (ledger: typeof once) => insightsOf(ledger, '2026-11-12').map((found) => found.key);
    expect(keys(more)).toEqual(keys(once));
  });

  it('is not given for a past month', () => {
    expect(insightsOf(dining.expense('2026-11-09', 30_000, 'dining'), '2026-12-01')).toEqual([]);
  });
});

/** Works a step out again from its terms, on big integers. */
const workOut = (step: ArithmeticStep): number => {
  if (step.step === 'difference') return step.from.minor - step.take.minor;
  if (step.step !== 'share') throw new Error(`no such step for a budget: ${step.step}`);
  const twice = BigInt(step.of.minor) * BigInt(step.numerator) * 2n + BigInt(step.denominator);
  return Number(twice / (2n * BigInt(step.denominator)));
};

/** Many small expenses in one budgeted category: often above pace, sometimes over. */
const busyLedger = fc
  .array(fc.tuple(fc.integer({ min: 10, max: 28 }), fc.integer({ min: -500, max: 4000 })), {
    minLength: 3,
    maxLength: 12,
  })
  .map((expenses) =>
    expenses.reduce((built, [day, minor]) => built.expense(`2026-11-${day}`, minor, 'dining'), dining).build(),
  );
const anyLedgerToAdvise = fc.oneof(anyLedger, busyLedger);

describe('for any ledger and day every insight', () => {
  it('has arithmetic that works out, from the sum of its evidence to its amount', () => {
    fc.assert(
      fc.property(anyLedgerToAdvise, anyDate, (ledger, asOf) => {
        const amounts = new Map(ledger.entries.map((entry) => [entry.id, entry.amountMinor]));
        for (const { arithmetic, evidence, money } of insightsIn(ledger, asOf)) {
          for (const step of arithmetic) expect(workOut(step)).toBe(step.result.minor);
          const last = arithmetic.at(-1);
          expect(last?.result.minor).toBe(money.minor);
          const counted = evidence.reduce((sum, id) => sum + (amounts.get(id) ?? Number.NaN), 0);
          expect(last?.step === 'difference' && last.from.minor).toBe(counted);
          expect(money.minor).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('has a key of its own and evidence in its own currency', () => {
    fc.assert(
      fc.property(anyLedgerToAdvise, anyDate, (ledger, asOf) => {
        const insights = insightsIn(ledger, asOf);
        expect(new Set(insights.map((found) => found.key)).size).toBe(insights.length);
        const currencies = new Map(ledger.entries.map((entry) => [entry.id, entry.currency]));
        for (const { evidence, money } of insights)
          expect(evidence.every((id) => currencies.get(id) === money.currency)).toBe(true);
      }),
    );
  });
});
