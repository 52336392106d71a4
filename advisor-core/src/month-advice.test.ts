import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviceToBytes, adviceToJson } from './advice.ts';
import { adviseMonth } from './month-advice.ts';
import { anyDate, anyLedger, monthUnderTest } from './testing/arbitrary-ledger.ts';
import { buildLedger, type Ledger } from './testing/ledger-builder.ts';

const ledger = buildLedger()
  .budget('2026-11', 20_000, 'dining')
  .budget('2026-12', 20_000, 'dining')
  .expense('2026-11-03', 1572, 'dining')
  .expense('2026-12-03', 99, 'dining')
  .build();

describe('advice', () => {
  it('is about the month of the day', () => {
    const advice = adviseMonth({ ...ledger, asOf: '2026-11-20' });
    expect(advice).toMatchObject({ asOf: '2026-11-20', month: '2026-11' });
    expect(advice.budgets.map((check) => check.budgetId)).toEqual(['b1']);
    expect(advice.summary).toMatchObject([{ leftMinor: 18_428, daysLeft: 11, leftPerDayMinor: 1675 }]);
  });

  it('is about another month when asked', () => {
    const advice = adviseMonth({ ...ledger, asOf: '2026-11-20', month: '2026-12' });
    expect(advice.budgets).toMatchObject([{ budgetId: 'b2', spentMinor: 99, daysLeft: 31 }]);
    expect(advice.totals).toMatchObject([{ spentMinor: 99 }]);
  });

  it('on nothing is empty', () => {
    expect(adviceToJson(adviseMonth({ entries: [], budgets: [], asOf: '2026-11-20' }))).toBe(
      '{"asOf":"2026-11-20","budgets":[],"month":"2026-11","summary":[],"totals":[]}',
    );
  });

  it('does not read fields it does not know', () => {
    const entries = ledger.entries.map((entry) => ({ ...entry, description: 'Zola', tags: ['x'] }));
    expect(adviseMonth({ ...ledger, entries, asOf: '2026-11-20' })).toEqual(
      adviseMonth({ ...ledger, asOf: '2026-11-20' }),
    );
  });

  it('takes entries from any iterable', () => {
    const iterables = { entries: new Set(ledger.entries), budgets: new Set(ledger.budgets) };
    expect(adviseMonth({ ...iterables, asOf: '2026-11-20' })).toEqual(adviseMonth({ ...ledger, asOf: '2026-11-20' }));
  });

  it('for a day or month that does not exist is a bug', () => {
    expect(() => adviseMonth({ ...ledger, asOf: '2026-02-30' })).toThrow(RangeError);
    expect(() => adviseMonth({ ...ledger, asOf: '2026-11-20', month: '2026-13' })).toThrow(RangeError);
  });

  it('whose sums leave the safe integers is a bug', () => {
    const { entries } = buildLedger().income('2026-11-01', Number.MAX_SAFE_INTEGER).income('2026-11-02', 1).build();
    expect(() => adviseMonth({ entries, budgets: [], asOf: '2026-11-20' })).toThrow(RangeError);
  });
});

describe('the bytes of advice', () => {
  it('are its text, in any encoding that holds ASCII', () => {
    const unusual = buildLedger().budget('2026-11', 100, 'Café 😀').build();
    const advice = adviseMonth({ ...unusual, asOf: '2026-11-20' });
    const bytes = adviceToBytes(advice);
    expect(new TextDecoder('utf-8', { fatal: true }).decode(bytes)).toBe(adviceToJson(advice));
    expect(Math.max(...bytes)).toBeLessThan(128);
    expect(JSON.parse(adviceToJson(advice))).toEqual(advice);
  });

  it('are known for a known ledger', () => {
    expect(adviceToJson(adviseMonth({ ...ledger, asOf: '2026-11-20' }))).toBe(
      '{"asOf":"2026-11-20","budgets":[{"abovePaceMinor":-11761,"amountMinor":20000,"budgetId":"b1","categoryId":"dining",' +
        '"currency":"EUR","daysLeft":11,"entryCount":1,"expectedByNowMinor":13333,"leftMinor":18428,' +
        '"leftPerDayMinor":1675,"spentByNowMinor":1572,"spentMinor":1572,"state":"on-pace"}],' +
        '"month":"2026-11","summary":[{"budgetCount":1,"budgetedMinor":20000,"currency":"EUR","daysLeft":11,' +
        '"incomeMinor":0,"leftMinor":18428,"leftPerDayMinor":1675,"spentInBudgetsMinor":1572,' +
        '"spentOutsideBudgetsMinor":0}],"totals":[{"categories":[{"categoryId":"dining","entryCount":1,' +
        '"spentMinor":1572}],"currency":"EUR","entryCount":1,"incomeMinor":0,"spentMinor":1572,"transferredMinor":0}]}',
    );
  });
});

/** A ledger, and the same in another order. */
const anyShuffle = anyLedger.chain((found) =>
  fc.tuple(
    fc.constant(found),
    fc.record<Ledger>({
      entries: fc.shuffledSubarray([...found.entries], { minLength: found.entries.length }),
      budgets: fc.shuffledSubarray([...found.budgets], { minLength: found.budgets.length }),
    }),
  ),
);

describe('for any ledger and day', () => {
  it('the order of entries and budgets changes no byte', () => {
    fc.assert(
      fc.property(anyShuffle, anyDate, ([found, shuffled], asOf) => {
        expect(adviceToJson(adviseMonth({ ...shuffled, asOf }))).toBe(adviceToJson(adviseMonth({ ...found, asOf })));
      }),
      { numRuns: 300 },
    );
  });

  it('entries and budgets of other months change no byte', () => {
    fc.assert(
      fc.property(anyLedger, anyDate, (found, asOf) => {
        const ofMonth = {
          entries: found.entries.filter((entry) => entry.date.startsWith(monthUnderTest)),
          budgets: found.budgets.filter((budget) => budget.month === monthUnderTest),
        };
        const about = { asOf, month: monthUnderTest };
        expect(adviceToJson(adviseMonth({ ...ofMonth, ...about }))).toBe(
          adviceToJson(adviseMonth({ ...found, ...about })),
        );
      }),
    );
  });

  it('amounts in one currency change nothing in another', () => {
    fc.assert(
      fc.property(anyLedger, anyDate, (found, asOf) => {
        const only = (keep: (currency: string) => boolean) =>
          adviseMonth({
            entries: found.entries.filter((entry) => keep(entry.currency)),
            budgets: found.budgets.filter((budget) => keep(budget.currency)),
            asOf,
          });
        const euros = only((currency) => currency === 'EUR');
        const all = only(() => true);
        const isEuro = (item: { readonly currency: string }) => item.currency === 'EUR';
        expect(all.totals.filter(isEuro)).toEqual(euros.totals);
        expect(all.budgets.filter(isEuro)).toEqual(euros.budgets);
        expect(all.summary.filter(isEuro)).toEqual(euros.summary);
      }),
    );
  });
});
