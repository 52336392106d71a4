import { dateToDayNumber, dayNumberToDate } from '@fintrack/sync-core/protocol/calendar-date';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Advice, adviceToJson } from './advice.ts';
import { advise, createAdvisor } from './advisor.ts';
import type { Feedback } from './feedback.ts';
import type { Entry } from './ledger.ts';
import { buildLedger } from './testing/ledger-builder.ts';
import { realisticLedger } from './testing/realistic-ledger.ts';

const asOf = '2026-11-20';
const household = realisticLedger({ seed: 3, entries: 900, lastDay: asOf });
const budgets = [{ id: 'b1', categoryId: 'dining', month: '2026-11', amountMinor: 12_000, currency: 'EUR' }];

/** Few titles and days, so that entries meet in groups, and few ids, so that several have one. */
const anyReadableEntry: fc.Arbitrary<Entry> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  kind: fc.constantFrom('expense', 'expense', 'expense', 'income'),
  date: fc.integer({ min: 0, max: 500 }).map((back) => dayNumberToDate(dateToDayNumber('2026-12-05') - back)),
  amountMinor: fc.oneof(fc.constantFrom(999, 1299, 95_000), fc.integer({ min: -2000, max: 60_000 })),
  currency: fc.constantFrom('EUR', 'EUR', 'JPY'),
  categoryId: fc.constantFrom(null, 'dining', 'home', 'transfers'),
  title: fc.constantFrom('Rent', 'Music Stream', 'music stream 42', 'Café', ''),
});

/** Some are alike in all but their fault, or have no id. */
const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  { weight: 5, arbitrary: anyReadableEntry },
  {
    weight: 1,
    arbitrary: fc
      .tuple(anyReadableEntry, fc.constantFrom({ date: '2026-02-30' }, { currency: 'XYZ' }, { id: '' }))
      .map(([entry, fault]) => ({ ...entry, ...fault })),
  },
);

const anyDeed = fc.constantFrom('create', 'create', 'edit', 'delete');

const full = (entries: readonly Entry[], feedback: readonly Feedback[] = []): string =>
  adviceToJson(advise({ entries, budgets, feedback, transfersCategoryId: 'transfers', asOf }));

describe('an advisor that is kept', () => {
  it('says after every creation, edit, backdating and deletion what a new one would say, whatever shares an id', () => {
    const anyStep = fc.record({ entry: anyEntry, back: fc.integer({ min: 1, max: 8 }), does: anyDeed });
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 30 }), (steps) => {
        const advisor = createAdvisor({ entries: household, budgets, transfersCategoryId: 'transfers' });
        const now = [...household];
        for (const { entry, back, does } of steps) {
          const [before] = does === 'create' ? [] : now.splice(-back, 1);
          if (does !== 'delete') now.push(entry);
          advisor.apply({ ...(before ? { before } : {}), ...(does === 'delete' ? {} : { after: entry }) });
          expect(adviceToJson(advisor.advise(asOf))).toBe(full(now));
        }
      }),
      { numRuns: 12 },
    );
  });

  it('counts another entry of an id once the one it counted is gone, and names the id no more', () => {
    const [first] = household;
    if (!first) throw new Error('no entries');
    const twin: Entry = { ...first, kind: 'income', date: '2026-11-02', amountMinor: 1 };
    const advisor = createAdvisor({ entries: [...household, twin], budgets, transfersCategoryId: 'transfers' });
    expect(advisor.advise(asOf).leftOut).toEqual([{ id: first.id, problem: 'id' }]);
    for (const [gone, other] of [
      [first, twin],
      [twin, first],
    ] as const) {
      advisor.apply({ before: gone });
      expect(adviceToJson(advisor.advise(asOf))).toBe(full([...household.slice(1), other]));
      advisor.apply({ after: gone });
    }
    expect(() => advisor.apply({ before: { ...first, amountMinor: 7 } })).toThrow(first.id);
  });

  it('says the same of entries in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...household], { minLength: 0 }), (some) => {
        expect(full(some)).toBe(full(some.toReversed()));
      }),
      { numRuns: 20 },
    );
  });

  it('takes what a person says into account as a new one would, and takes it back', () => {
    const excluded = household.filter((entry) => entry.title === 'Rent').slice(-3);
    const feedback = excluded.map(({ id }) => ({ insight: `entry:${id}`, reason: 'excluded' }));
    const advisor = createAdvisor({ entries: household, budgets, transfersCategoryId: 'transfers' });
    advisor.advise(asOf);
    advisor.setFeedback(feedback);
    expect(adviceToJson(advisor.advise(asOf))).toBe(full(household, feedback));
    expect(full(household, feedback)).not.toBe(full(household));
    advisor.setFeedback([]);
    expect(adviceToJson(advisor.advise(asOf))).toBe(full(household));
  });

  it('goes on to another day and back', () => {
    const advisor = createAdvisor({ entries: household, budgets, transfersCategoryId: 'transfers' });
    const before = adviceToJson(advisor.advise(asOf));
    advisor.advise('2026-12-24');
    advisor.advise('2020-01-01');
    expect(adviceToJson(advisor.advise(asOf))).toBe(before);
  });
});

const streamTitled = (advice: Advice, title: string) => advice.streams.find((stream) => stream.title === title);

describe('advice', () => {
  const advice = advise({ entries: household, budgets, asOf });

  it('knows the bills of a household, and when they come next', () => {
    expect(streamTitled(advice, 'Rent')).toMatchObject({ cadence: 'monthly', amountMinor: 95_000, state: 'active' });
    const next = streamTitled(advice, 'Rent')?.next?.day ?? 0;
    expect(dayNumberToDate(next)).toBe('2026-12-01');
    expect(streamTitled(advice, 'Employer Ltd')).toMatchObject({ kind: 'income', cadence: 'monthly' });
  });

  it('tells a price that rose, what it was, and what it comes to in a year', () => {
    const rise = advice.shown.find((insight) => insight.kind === 'price-rise');
    expect(rise).toMatchObject({ subject: { title: 'Music Stream' }, money: { minor: 2400, currency: 'EUR' } });
    expect(rise?.arithmetic).toMatchObject([
      { step: 'difference', from: { minor: 1199 }, take: { minor: 999 }, result: { minor: 200 } },
      { step: 'times', count: 12, result: { minor: 2400 } },
    ]);
  });

  it('about a stream that is no subscription is not given again', () => {
    const key = streamTitled(advice, 'Music Stream')?.key ?? '';
    const feedback = [{ insight: `price-rise:${key}`, reason: 'not-a-subscription' }];
    const after = advise({ entries: household, budgets, feedback, asOf });
    expect(streamTitled(after, 'Music Stream')).toBeUndefined();
    expect(after.shown.filter((insight) => insight.kind === 'price-rise')).toEqual([]);
  });

  it('tells a charge that came twice, and not again once it is known', () => {
    const [rent] = household.filter((entry) => entry.title === 'Rent').slice(-1);
    if (!rent) throw new Error('no rent');
    const entries = [...household, { ...rent, id: 'twice' }];
    const twice = advise({ entries, budgets, asOf }).shown.filter(({ kind }) => kind === 'duplicate-charge');
    expect(twice).toMatchObject([{ money: { minor: 95_000 }, evidence: [rent.id, 'twice'] }]);
    const feedback = [{ insight: 'duplicate-charge:twice', reason: 'known' }];
    const after = advise({ entries, budgets, feedback, asOf }).shown;
    expect(after.filter(({ kind }) => kind === 'duplicate-charge')).toEqual([]);
  });

  it('tells an amount that stands out, and counts it no more once it is a one-off', () => {
    const giant: Entry = {
      id: 'giant',
      kind: 'expense',
      date: '2026-11-14',
      amountMinor: 180_000,
      currency: 'EUR',
      categoryId: 'dining',
      title: 'Thai Kitchen North',
    };
    const unusual = (feedback: readonly Feedback[]) =>
      advise({ entries: [...household, giant], budgets, feedback, asOf });
    expect(unusual([]).shown.find(({ kind }) => kind === 'unusual-amount')).toMatchObject({
      subject: { entryId: 'giant' },
    });
    const after = unusual([{ insight: 'unusual-amount:giant', reason: 'one-off' }]);
    expect(after.shown.filter(({ key }) => key === 'unusual-amount:giant')).toEqual([]);
    expect(after.forecasts).toEqual(advice.forecasts);
    expect(after.month).toEqual(unusual([]).month);
  });

  it('counts what a person leaves aside as spent: in what was saved, and against a budget', () => {
    const spent = household.find(({ date, kind }) => date.startsWith('2026-10') && kind === 'expense');
    const dining = household.find(({ date, categoryId }) => date.startsWith('2026-11') && categoryId === 'dining');
    const feedback = [spent, dining].map((entry) => ({ insight: `entry:${entry?.id}`, reason: 'excluded' }));
    const after = advise({ entries: household, budgets, feedback, asOf });
    expect(after.savings).toEqual(advice.savings);
    expect(after.month).toEqual(advice.month);
    const total = ({ forecasts }: Advice) => forecasts.find(({ of }) => of.type === 'total');
    expect(total(after)?.spentMinor).toBe((total(advice)?.spentMinor ?? 0) - (dining?.amountMinor ?? 0));
  });

  it('scores a frozen forecast against all that was spent, whatever was left aside since', () => {
    const frozen = {
      subject: 'EUR',
      month: '2026-10',
      asOf: '2026-10-10',
      pointMinor: advice.savings[0]?.spentMinor ?? 0,
      lowMinor: 0,
      highMinor: 10_000_000,
    };
    const rent = household.findLast(({ date, title }) => date.startsWith('2026-10') && title === 'Rent');
    const feedback = [{ insight: `entry:${rent?.id}`, reason: 'one-off' }];
    const record = (said: readonly Feedback[]) =>
      advise({ entries: household, forecasts: [frozen], feedback: said, asOf }).forecasts.find(
        ({ of }) => of.type === 'total',
      )?.record;
    expect(record([])).toMatchObject({ count: 1, medianErrorPercent: 0 });
    expect(record(feedback)).toEqual(record([]));
  });

  it('that was understood comes back only when its value is another', () => {
    const over = (minor: number, feedback: readonly Feedback[]) =>
      advise({
        entries: [
          ...buildLedger()
            .expense('2026-11-03', 12_000 + minor, 'dining')
            .build().entries,
        ],
        budgets,
        feedback,
        asOf,
      }).shown.filter((insight) => insight.kind === 'budget-over');
    const bucket = over(5000, [])[0]?.bucket;
    const seen = [{ insight: 'budget-over:b1', reason: `seen:${bucket}` }];
    expect(over(5000, seen)).toEqual([]);
    expect(over(5050, seen)).toEqual([]);
    expect(over(11_000, seen)).toHaveLength(1);
  });

  it('of a few entries is tentative', () => {
    const few = advise({ entries: household.slice(0, 29), budgets, asOf });
    expect(few.isTentative).toBe(true);
    const sure = few.shown.filter(({ kind, confidence }) => kind !== 'budget-over' && confidence !== 'possible');
    expect(sure).toEqual([]);
    expect(advise({ entries: household.slice(0, 30), budgets, asOf }).isTentative).toBe(false);
  });

  it('names each entry that it cannot read, and counts all others', () => {
    const [first] = household;
    if (!first) throw new Error('no entries');
    const broken = [
      { ...first, id: 'no-date', date: '2026-02-30' },
      { ...first, id: 'no-amount', amountMinor: Number.NaN },
      { ...first, id: 'too-much', amountMinor: 1e14 },
      { ...first, id: 'no-currency', currency: 'XYZ' },
    ];
    const found = advise({ entries: [...broken, ...household], budgets, asOf });
    expect(found.leftOut).toEqual([
      { id: 'no-amount', problem: 'amount' },
      { id: 'no-currency', problem: 'currency' },
      { id: 'no-date', problem: 'date' },
      { id: 'too-much', problem: 'amount' },
    ]);
    expect({ ...found, leftOut: [], leftOutCount: 0 }).toEqual(advice);
  });

  it('stays small: it names the first of many entries that cannot be read, and the last of many of a stream', () => {
    const [first] = household;
    if (!first) throw new Error('no entries');
    const broken = Array.from({ length: 150 }, (_, n) => ({ ...first, id: `n${1000 + n}`, currency: 'XYZ' }));
    const weekly = Array.from({ length: 90 }, (_, n): Entry => {
      const date = dayNumberToDate(dateToDayNumber('2026-11-18') - 7 * (89 - n));
      return { ...first, id: `w${1000 + n}`, kind: 'expense', date, amountMinor: 1500, title: 'Swimming Pool' };
    });
    const found = advise({ entries: [...broken, ...household, ...weekly], budgets, asOf });
    expect([found.leftOut.length, found.leftOutCount]).toEqual([100, 150]);
    expect([found.leftOut[0]?.id, found.leftOut.at(-1)?.id]).toEqual(['n1000', 'n1099']);
    const pool = streamTitled(found, 'Swimming Pool');
    expect(pool).toMatchObject({ cadence: 'weekly', count: 90 });
    expect(pool?.evidence).toEqual(weekly.slice(-60).map(({ id }) => id));
  });

  it('says nothing of a currency whose sums would not be exact, and all of the others', () => {
    const huge = Array.from({ length: 1000 }, (_, n) => ({
      ...(household[0] as Entry),
      id: `huge${n}`,
      currency: 'IDR',
      amountMinor: 10_000_000_000_000,
    }));
    const advisor = createAdvisor({ entries: [...huge, ...household], budgets });
    const found = advisor.advise(asOf);
    expect(found.tooLarge).toEqual(['IDR']);
    expect({ ...found, tooLarge: [], entryCount: household.length }).toEqual(advice);
    for (const entry of huge) advisor.apply({ before: entry });
    expect(advisor.advise(asOf)).toEqual(advice);
  });
});
