import { dateToDayNumber, dayNumberToDate, isCalendarDate } from '@fintrack/sync-core/protocol/calendar-date';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePostings, type Posting } from '../posting.ts';
import { priceRises } from './price-rise.ts';
import { type RecurringStream, recurringIn } from './recurring.ts';
import { upcomingBills } from './upcoming-bills.ts';

const firstDay = dateToDayNumber('1900-01-01');
const lastDay = dateToDayNumber('2199-12-31');
const hugeMinor = 10_000_000_000_000;

/** Steps of near months, weeks and years, so that streams are common; and of ten silent years. */
const anyStep = fc.constantFrom(0, 0, 1, 7, 7, 14, 28, 30, 30, 31, 31, 61, 91, 365, 366, 3652);
const anyAmount = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(999, 999, 999, 1099, 1500) },
  { weight: 2, arbitrary: fc.integer({ min: -2000, max: 5000 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, -hugeMinor, hugeMinor) },
);
const anyTitle = fc.constantFrom('a', '', 'Miete', '☕️🧾', 'إيجار', 'Ref 10023456', 'Ref 10099999');

const anyGroup: fc.Arbitrary<readonly Posting[]> = fc
  .tuple(
    fc.constantFrom(firstDay, dateToDayNumber('2024-01-31'), dateToDayNumber('2099-12-30'), lastDay - 400),
    fc.array(fc.tuple(anyStep, anyAmount, anyTitle), { maxLength: 40, size: 'max' }),
  )
  .map(([start, rows]) => {
    let day = start;
    return rows.map(([step, amountMinor, title], at) => {
      day = Math.min(day + step, lastDay);
      return { id: `id-${at}`, day, amountMinor, title, merchant: 'm', categoryId: null };
    });
  });

const asOf = (group: readonly Posting[]): number => Math.max(firstDay, ...group.map((posting) => posting.day));

const expectSound = (stream: RecurringStream, group: readonly Posting[]): void => {
  const byId = new Map(group.map((posting) => [posting.id, posting]));
  const postings = stream.evidence.map((id) => byId.get(id) as Posting);
  expect([...postings].sort(comparePostings)).toEqual(postings);
  expect(postings.every((posting) => posting.amountMinor > 0)).toBe(true);
  expect(stream.lastDay).toBe(postings.at(-1)?.day);
  expect(postings.length).toBeGreaterThanOrEqual(stream.cadence === 'yearly' ? 2 : 3);
  const [low, high] = stream.amountRange;
  expect([low, stream.amountMinor, high].every(Number.isSafeInteger)).toBe(true);
  expect(low <= stream.amountMinor && stream.amountMinor <= high).toBe(true);
  expect(stream.next === null).toBe(stream.state === 'stopped');
  if (stream.next === null) return;
  const { day, earliest, latest } = stream.next;
  expect(earliest <= day && day <= latest && day > stream.lastDay).toBe(true);
  expect(day > lastDay || isCalendarDate(dayNumberToDate(day))).toBe(true);
};

describe('recurringIn, of any group', () => {
  it('gives the same for any order', () => {
    fc.assert(
      fc.property(
        anyGroup.chain((group) =>
          fc.tuple(fc.constant(group), fc.shuffledSubarray([...group], { minLength: group.length })),
        ),
        ([group, shuffled]) => {
          expect(recurringIn(shuffled, asOf(group))).toEqual(recurringIn(group, asOf(group)));
        },
      ),
    );
  });

  it('gives whole numbers, days that come after the last, and each posting once', () => {
    fc.assert(
      fc.property(anyGroup, (group) => {
        const streams = recurringIn(group, asOf(group));
        for (const stream of streams) expectSound(stream, group);
        const used = streams.flatMap((stream) => stream.evidence);
        expect(new Set(used).size).toBe(used.length);
        expect(new Set(streams.map((stream) => stream.key)).size).toBe(streams.length);
      }),
    );
  });

  it('reads nothing dated after the day', () => {
    fc.assert(
      fc.property(anyGroup, fc.nat(2000), (group, before) => {
        const day = asOf(group) - before;
        const known = group.filter((posting) => posting.day <= day);
        expect(recurringIn(group, day)).toEqual(recurringIn(known, day));
      }),
    );
  });

  it('lets bills and rises follow in whole numbers, none before today', () => {
    fc.assert(
      fc.property(anyGroup, fc.nat(500), (group, horizonDays) => {
        const streams = recurringIn(group, asOf(group));
        const asOfDay = asOf(group);
        const { postings, cashFlow } = upcomingBills({ expenses: streams, incomes: [], asOfDay, horizonDays });
        expect(postings.every(({ day }) => day >= asOfDay && day <= asOfDay + horizonDays)).toBe(true);
        expect(Object.values(cashFlow).every(Number.isSafeInteger)).toBe(true);
        for (const rise of priceRises(streams))
          expect(
            [rise.riseMinor, rise.risePerMille, rise.yearMinor].every((n) => Number.isSafeInteger(n) && n > 0),
          ).toBe(true);
      }),
    );
  });
});
