import { describe, expect, it } from 'vitest';
import { daysSinceSpending, type MonthDays, splitMonth } from './month-forecast-split.ts';

describe('a month split at a day', () => {
  it('has that day before', () => {
    const days: MonthDays = [
      [25, 30],
      [10, 5],
      [11, 7],
      [10, 1],
    ];
    expect(splitMonth(days, 10)).toEqual({ beforeMinor: 6, afterMinor: 37, lastDay: 10, lastDayOfAll: 25 });
  });

  it('counts refunds, but not as days of spending', () => {
    const days: MonthDays = [
      [4, 50],
      [9, -20],
      [30, -5],
    ];
    expect(splitMonth(days, 10)).toEqual({ beforeMinor: 30, afterMinor: -5, lastDay: 4, lastDayOfAll: 4 });
    expect(splitMonth([], 10)).toEqual({ beforeMinor: 0, afterMinor: 0, lastDay: null, lastDayOfAll: null });
  });
});

describe('the days since the last spending', () => {
  it('reach into the months before, and end at three', () => {
    const months: MonthDays[] = [[[28, 5]], [[12, 5]], [], [], [], []];
    const split = months.map((days) => splitMonth(days, 10));
    expect(daysSinceSpending(split, 10)).toEqual([100, 12, 28, 58, 88, 100]);
  });
});
