import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecastMonth, type MonthDays } from './month-forecast.ts';

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

describe('the forecast of a month', () => {
  it('is what is spent and the median of what past months still spent', () => {
    const months = times(
      12,
      (index) =>
        [
          [3, 5000],
          [20, 1000 + index],
        ] as const,
    );
    const forecast = forecastMonth({ months, spent: [[3, 7000]], asOfDay: 10 });
    expect(forecast).toMatchObject({ monthsUsed: 12, isReliable: true });
    expect(forecast?.pointMinor).toBeGreaterThan(8003);
    expect(forecast?.pointMinor).toBeLessThan(8009);
  });

  it('is certain to the unit where every month was the same', () => {
    const months = times(8, () => [[1, 240000]] as const);
    const end = { pointMinor: 240000, lowMinor: 240000, highMinor: 240000 };
    expect(forecastMonth({ months, spent: [[1, 240000]], asOfDay: 10 })).toMatchObject(end);
  });

  it('expects no second bill where the bill comes before or after the day', () => {
    const months = times(18, (index) => [[index % 3 === 0 ? 8 : 13, 6500]] as const);
    expect(forecastMonth({ months, spent: [[9, 6500]], asOfDay: 10 })?.pointMinor).toBe(6500);
    expect(forecastMonth({ months, spent: [], asOfDay: 10 })?.pointMinor).toBe(6500);
  });

  it('leaves out the months before the level changed', () => {
    const months = times(30, (index) => [[20, (index < 18 ? 1000 : 9000) + ((index * 37) % 101)]] as const);
    const forecast = forecastMonth({ months, spent: [], asOfDay: 10 });
    expect(forecast?.monthsUsed).toBe(12);
    expect(forecast?.lowMinor).toBeGreaterThan(9000);
  });

  it('of a total lifts old months to the level of a ledger that grows', () => {
    const months = times(24, (index) => [[20, 10000 + 500 * index]] as const);
    const ofTotal = forecastMonth({ months, spent: [], asOfDay: 10, isTotal: true });
    const ofCategory = forecastMonth({ months, spent: [], asOfDay: 10 });
    expect(ofTotal?.pointMinor).toBeGreaterThan(ofCategory?.pointMinor ?? 0);
  });

  it('is none without evidence', () => {
    const spent: MonthDays = [[1, 100]];
    expect(forecastMonth({ months: [], spent, asOfDay: 10 })).toBeNull();
    expect(forecastMonth({ months: times(5, () => [[1, 100]]), spent, asOfDay: 10 })).toBeNull();
    const silent = times(120, (index) => (index < 114 ? [[1, 100] as const] : []));
    expect(forecastMonth({ months: silent, spent, asOfDay: 10 })).toBeNull();
  });

  it('is not reliable where the months differ widely', () => {
    const months = times(12, (index) => [[20, (index % 4) * 40000]] as const);
    expect(forecastMonth({ months, spent: [], asOfDay: 10 })?.isReliable).toBe(false);
  });

  it('takes days as a map or as a list in any order, and does not read days to come', () => {
    const lists = times(
      9,
      (index) =>
        [
          [3, 100 * index],
          [25, 70 * index + 5],
          [12, -30],
        ] as [number, number][],
    );
    const input = { spent: [[2, 500]] as const, asOfDay: 11 };
    const forecast = forecastMonth({ ...input, months: lists });
    expect(forecastMonth({ ...input, months: lists.map((days) => new Map(days)) })).toEqual(forecast);
    expect(forecastMonth({ ...input, months: lists.map((days) => days.toReversed()) })).toEqual(forecast);
    expect(
      forecastMonth({
        months: lists,
        asOfDay: 11,
        spent: [
          [2, 500],
          [12, 9999],
        ],
      }),
    ).toEqual(forecast);
  });

  it('is whole numbers in order for any ledger, and as the days come', () => {
    const anyAmount = fc.oneof(fc.integer({ min: -1e13, max: 1e13 }), fc.constantFrom(0, 100, 100, 2500));
    const anyMonth = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 31 }), anyAmount), {
      maxLength: 6,
      selector: ([day]) => day,
    });
    fc.assert(
      fc.property(
        fc.array(anyMonth, { maxLength: 40 }),
        anyMonth,
        fc.integer({ min: 1, max: 31 }),
        fc.boolean(),
        (months, spent, asOfDay, isTotal) => {
          const forecast = forecastMonth({ months, spent, asOfDay, isTotal });
          if (forecast === null) return;
          const { lowMinor, pointMinor, highMinor } = forecast;
          for (const minor of [lowMinor, pointMinor, highMinor]) expect(Number.isSafeInteger(minor)).toBe(true);
          expect(lowMinor).toBeLessThanOrEqual(pointMinor);
          expect(pointMinor).toBeLessThanOrEqual(highMinor);
          const shuffled = months.map((days) => days.toReversed());
          expect(forecastMonth({ months: shuffled, spent: spent.toReversed(), asOfDay, isTotal })).toEqual(forecast);
        },
      ),
    );
  });
});
