import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMonth } from './month-entries.ts';
import { monthTotals } from './month-totals.ts';
import { anyLedger, monthUnderTest } from './testing/arbitrary-ledger.ts';
import { buildLedger, type Ledger, obviousSum } from './testing/ledger-builder.ts';

const totalsOf = (ledger: Ledger, month = '2026-11') => monthTotals(groupMonth(ledger.entries, month));

describe('the totals of a month', () => {
  it('are sums by category, most spent first, equals by id and the uncategorised last', () => {
    const ledger = buildLedger()
      .expense('2026-11-01', 1240, 'dining')
      .expense('2026-11-30', 760, 'dining')
      .expense('2026-11-15', 9000, 'home')
      .expense('2026-11-15', 2000)
      .expense('2026-11-16', 2000, 'books')
      .income('2026-11-28', 250_000)
      .build();
    expect(totalsOf(ledger)).toEqual([
      {
        currency: 'EUR',
        spentMinor: 15_000,
        incomeMinor: 250_000,
        transferredMinor: 0,
        entryCount: 6,
        categories: [
          { categoryId: 'home', spentMinor: 9000, entryCount: 1 },
          { categoryId: 'books', spentMinor: 2000, entryCount: 1 },
          { categoryId: 'dining', spentMinor: 2000, entryCount: 2 },
          { categoryId: null, spentMinor: 2000, entryCount: 1 },
        ],
      },
    ]);
  });

  it('count what moved between own accounts neither as spent nor as earned', () => {
    const { entries } = buildLedger()
      .expense('2026-11-01', 1240, 'dining')
      .expense('2026-11-05', 90_000, 'transfers')
      .expense('2026-11-06', -70_000, 'transfers')
      .build();
    expect(monthTotals(groupMonth(entries, '2026-11', 'transfers'))).toEqual([
      {
        currency: 'EUR',
        spentMinor: 1240,
        incomeMinor: 0,
        transferredMinor: 20_000,
        entryCount: 3,
        categories: [{ categoryId: 'dining', spentMinor: 1240, entryCount: 1 }],
      },
    ]);
  });

  it('hold no entry of the months beside it', () => {
    const ledger = buildLedger()
      .expense('2026-10-31', 100)
      .expense('2026-12-01', 100)
      .expense('2025-11-15', 100)
      .build();
    expect(totalsOf(ledger)).toEqual([]);
  });

  it('take refunds from what is spent', () => {
    const ledger = buildLedger().expense('2026-11-02', 5000, 'home').expense('2026-11-09', -8000, 'home').build();
    expect(totalsOf(ledger)[0]?.categories).toEqual([{ categoryId: 'home', spentMinor: -3000, entryCount: 2 }]);
  });

  it('keep a category whose refunds equal its expenses', () => {
    const ledger = buildLedger().expense('2026-11-02', 5000, 'home').expense('2026-11-09', -5000, 'home').build();
    expect(totalsOf(ledger)[0]?.categories).toEqual([{ categoryId: 'home', spentMinor: 0, entryCount: 2 }]);
  });

  it('of two currencies stand side by side', () => {
    const ledger = buildLedger()
      .in('USD')
      .expense('2026-11-02', 700, 'home')
      .in('EUR')
      .expense('2026-11-02', 500, 'home')
      .build();
    expect(totalsOf(ledger).map(({ currency, spentMinor }) => [currency, spentMinor])).toEqual([
      ['EUR', 500],
      ['USD', 700],
    ]);
  });

  it('are counted apart for expenses and incomes', () => {
    const ledger = buildLedger().income('2026-11-02', 700).expense('2026-11-02', 500).build();
    expect(totalsOf(ledger)[0]).toMatchObject({ spentMinor: 500, incomeMinor: 700 });
  });

  it('beyond a safe integer throw', () => {
    const huge = Number.MAX_SAFE_INTEGER;
    const ledger = buildLedger().expense('2026-11-02', huge).expense('2026-11-03', huge).build();
    expect(() => totalsOf(ledger)).toThrow(RangeError);
  });
});

describe('for any ledger the totals', () => {
  it('equal the sum of the entries, in each currency by itself', () => {
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        const totals = totalsOf(ledger, monthUnderTest);
        for (const currency of ['EUR', 'USD', 'JPY']) {
          const own = totals.find((total) => total.currency === currency);
          expect(own?.spentMinor ?? 0).toBe(obviousSum(ledger, 'expense', monthUnderTest, currency) + 0);
          expect(own?.incomeMinor ?? 0).toBe(obviousSum(ledger, 'income', monthUnderTest, currency) + 0);
        }
      }),
    );
  });

  it('equal the sum of their categories and count each entry once', () => {
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        const totals = totalsOf(ledger, monthUnderTest);
        for (const { categories, spentMinor } of totals)
          expect(categories.reduce((sum, category) => sum + category.spentMinor, 0)).toBe(spentMinor);
        const inMonth = ledger.entries.filter((entry) => entry.date.startsWith(monthUnderTest)).length;
        expect(totals.reduce((sum, total) => sum + total.entryCount, 0)).toBe(inMonth);
      }),
    );
  });

  it('change by one entry in its own currency and category only', () => {
    fc.assert(
      fc.property(anyLedger, fc.integer({ min: -9999, max: 9999 }), (ledger, amountMinor) => {
        const { entries } = buildLedger(ledger, 'EUR').expense('2026-11-11', amountMinor, 'dining').build();
        const spent = (totals: ReturnType<typeof totalsOf>) =>
          new Map(
            totals.flatMap((t) => t.categories.map((c) => [`${t.currency} ${c.categoryId}`, c.spentMinor] as const)),
          );
        const before = spent(totalsOf(ledger, monthUnderTest));
        const after = spent(totalsOf({ ...ledger, entries }, monthUnderTest));
        before.set('EUR dining', (before.get('EUR dining') ?? 0) + amountMinor + 0);
        expect(after).toEqual(before);
      }),
    );
  });
});
