import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMonths,
  calendarDate,
  dateToDayNumber,
  dayNumberToDate,
  dayOfMonth,
  daysInCalendarMonth,
  daysInMonth,
  isCalendarDate,
  isCalendarMonth,
  isLeapYear,
  monthOf,
} from './calendar-date.ts';

const dayMs = 86_400_000;
/** The platform's own Gregorian calendar, in UTC. */
const platformDate = (dayNumber: number) => new Date(dayNumber * dayMs).toISOString().slice(0, 10);
const firstDay = Date.UTC(1900, 0, 1) / dayMs;
const lastDay = Date.UTC(2199, 11, 31) / dayMs;
const anyDay = fc.integer({ min: firstDay, max: lastDay });
const anyMonth = fc.record({ year: fc.integer({ min: 1900, max: 2199 }), month: fc.integer({ min: 1, max: 12 }) });
const monthText = ({ year, month }: { readonly year: number; readonly month: number }) =>
  `${year}-${String(month).padStart(2, '0')}`;

describe('day numbers', () => {
  it('count from 1970-01-01', () => {
    expect(dateToDayNumber('1970-01-01')).toBe(0);
    expect(dateToDayNumber('1969-12-31')).toBe(-1);
    expect(dateToDayNumber('2000-03-01')).toBe(11_017);
    expect(dayNumberToDate(11_016)).toBe('2000-02-29');
  });

  it('agree with the platform for every day of three centuries, both ways', () => {
    const disagreeing: string[] = [];
    for (let day = firstDay; day <= lastDay; day += 1) {
      const date = platformDate(day);
      const agrees = dayNumberToDate(day) === date && dateToDayNumber(date) === day && isCalendarDate(date);
      if (!agrees) disagreeing.push(date);
    }
    expect(disagreeing).toEqual([]);
  });

  it('order as the dates do', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(dayNumberToDate(a) < dayNumberToDate(b)).toBe(a < b);
      }),
    );
  });
});

describe('a calendar date', () => {
  it('[F8] is a day that exists', () => {
    for (const date of ['2024-02-29', '2000-02-29', '1900-01-01', '2199-12-31'])
      expect(isCalendarDate(date)).toBe(true);
    for (const date of [
      '2023-02-29',
      '1900-02-29',
      '2026-04-31',
      '2026-13-01',
      '2026-00-10',
      '2026-01-00',
      '2026-01-32',
    ])
      expect(isCalendarDate(date)).toBe(false);
  });

  it('[F8] is written in one way only', () => {
    for (const text of [
      '',
      '2026-1-1',
      '2026/01/01',
      '20260101',
      ' 2026-01-01',
      '2026-01-01\n',
      '2026-01-01T00:00:00Z',
      '+02026-01-01',
    ])
      expect(isCalendarDate(text)).toBe(false);
  });

  it('lies between 1900 and 2199', () => {
    expect(isCalendarDate('1899-12-31')).toBe(false);
    expect(isCalendarDate('2200-01-01')).toBe(false);
  });

  it('is built from its parts where there is such a day', () => {
    expect(calendarDate(2026, 3, 9)).toBe('2026-03-09');
    expect(calendarDate(2026, 2, 29)).toBeUndefined();
    expect(calendarDate(2026.5, 2, 1)).toBeUndefined();
    expect(calendarDate(-1, 2, 1)).toBeUndefined();
    expect(calendarDate(Number.NaN, 2, 1)).toBeUndefined();
  });

  it('falls apart into month and day, and is built again from them', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = dayNumberToDate(day);
        expect(isCalendarMonth(monthOf(date))).toBe(true);
        expect(calendarDate(Number(date.slice(0, 4)), Number(date.slice(5, 7)), dayOfMonth(date))).toBe(date);
      }),
    );
  });
});

describe('months', () => {
  it('are written in one way and exist', () => {
    expect(isCalendarMonth('2026-11')).toBe(true);
    for (const text of ['2026-13', '2026-00', '2026-1', '2026-11-01', '1899-12', '2200-01', '2026-11\n'])
      expect(isCalendarMonth(text)).toBe(false);
  });

  it('are as long as the platform says', () => {
    fc.assert(
      fc.property(anyMonth, ({ year, month }) => {
        const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
        expect(daysInMonth(year, month)).toBe(length);
        expect(daysInCalendarMonth(monthText({ year, month }))).toBe(length);
      }),
    );
  });

  it('that do not exist have no days', () => {
    expect(daysInMonth(2026, 0)).toBe(0);
    expect(daysInMonth(2026, 13)).toBe(0);
  });

  it('have a leap day every fourth year, but in centuries only every fourth', () => {
    expect([1900, 1904, 2000, 2023, 2024, 2100].filter(isLeapYear)).toEqual([1904, 2000, 2024]);
  });

  it('are added across the ends of years', () => {
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(addMonths('2026-11', 0)).toBe('2026-11');
    expect(addMonths('2026-11', -35)).toBe('2023-12');
  });

  it('are added as the platform adds them, and taken away again', () => {
    fc.assert(
      fc.property(anyMonth, fc.integer({ min: -1200, max: 1200 }), ({ year, month }, count) => {
        const start = monthText({ year, month });
        expect(addMonths(start, count)).toBe(new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 7));
        expect(addMonths(addMonths(start, count), -count)).toBe(start);
      }),
    );
  });
});
