import { dateToDayNumber } from '@fintrack/sync-core/protocol/calendar-date';
import { describe, expect, it } from 'vitest';
import { postingsOn } from '../testing/posting-builder.ts';
import { recurringIn } from './recurring.ts';
import { upcomingBills } from './upcoming-bills.ts';

const day = dateToDayNumber;
const monthly = (dayOfMonth: string): readonly string[] =>
  ['01', '02', '03', '04', '05', '06'].map((month) => `2025-${month}-${dayOfMonth}`);
const rent = postingsOn(monthly('05'), 90_000, { title: 'Rent', merchant: 'rent' });
const salary = postingsOn(monthly('28'), 250_000, { title: 'Salary', merchant: 'salary' });

const upcomingAt = (asOf: string, horizonDays: number) =>
  upcomingBills({
    expenses: recurringIn(rent, day(asOf)),
    incomes: recurringIn(salary, day(asOf)),
    asOfDay: day(asOf),
    horizonDays,
  });

describe('upcomingBills', () => {
  it('gives what is due by day, again at its cadence, and the sum of it', () => {
    const { postings, cashFlow } = upcomingAt('2025-06-30', 40);
    expect(postings.map(({ kind, day: due, amountMinor }) => [kind, due, amountMinor])).toEqual([
      ['expense', day('2025-07-05'), 90_000],
      ['income', day('2025-07-28'), 250_000],
      ['expense', day('2025-08-05'), 90_000],
    ]);
    expect(cashFlow).toEqual({ spentMinor: 180_000, earnedMinor: 250_000, netMinor: 70_000 });
  });

  it('awaits a late payment today, once', () => {
    const { postings } = upcomingAt('2025-07-10', 10);
    expect(postings).toMatchObject([{ kind: 'expense', day: day('2025-07-10'), isLate: true }]);
  });

  it('awaits nothing of a stopped stream', () => {
    expect(upcomingAt('2025-12-01', 60).postings).toEqual([]);
  });

  it('lists a merely possible payment and does not count it', () => {
    const insurance = postingsOn(['2024-07-10', '2025-07-10'], 30_000);
    const asOfDay = day('2026-06-30');
    const { postings, cashFlow } = upcomingBills({
      expenses: recurringIn(insurance, asOfDay),
      incomes: [],
      asOfDay,
      horizonDays: 31,
    });
    expect(postings).toHaveLength(1);
    expect(cashFlow.spentMinor).toBe(0);
  });
});
