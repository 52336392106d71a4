import { addMonths, monthOf } from '@fintrack/sync-core/protocol/calendar-date';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthProgress } from './month-progress.ts';
import { anyDate } from './testing/arbitrary-ledger.ts';

describe('the progress of a month', () => {
  it('counts today as begun and as left', () => {
    expect(monthProgress('2026-11', '2026-11-20')).toEqual({ daysInMonth: 30, daysElapsed: 20, daysLeft: 11 });
    expect(monthProgress('2026-11', '2026-11-01')).toEqual({ daysInMonth: 30, daysElapsed: 1, daysLeft: 30 });
    expect(monthProgress('2024-02', '2024-02-29')).toEqual({ daysInMonth: 29, daysElapsed: 29, daysLeft: 1 });
  });

  it('is complete in a past month and has not begun in one to come', () => {
    expect(monthProgress('2025-12', '2026-01-01')).toEqual({ daysInMonth: 31, daysElapsed: 31, daysLeft: 0 });
    expect(monthProgress('2027-02', '2026-12-31')).toEqual({ daysInMonth: 28, daysElapsed: 0, daysLeft: 28 });
  });

  it('never has more days elapsed or left than the month has', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -14, max: 14 }), (asOf, months) => {
        const { daysInMonth, daysElapsed, daysLeft } = monthProgress(addMonths(monthOf(asOf), months), asOf);
        expect(daysElapsed + daysLeft).toBe(months === 0 ? daysInMonth + 1 : daysInMonth);
      }),
    );
  });
});
