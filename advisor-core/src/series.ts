import { type CalendarDate, type CalendarMonth, dayOfMonth } from '@fintrack/sync-core/protocol/calendar-date';
import { ExactSum } from './exact-sum.ts';

/** Whole number of the month, January of year 0 being 0. */
export const monthIndexOf = (date: CalendarDate): number =>
  Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

export type DayAmounts = readonly (readonly [dayOfMonth: number, amountMinor: number])[];

type DaySum = { readonly sum: ExactSum; count: number };

/**
 * Sums by month and day of one currency: all that forecasts need, exact after any order of additions and removals. The
 * size grows with days that have entries, not with entries.
 */
export class Series {
  /** Grows with every change. */
  revision = 0;
  private readonly months = new Map<number, Map<number, DaySum>>();
  /** What was asked for since its month changed. */
  private readonly known = new Map<number, DayAmounts>();

  add(date: CalendarDate, amountMinor: number): void {
    this.change(date, amountMinor, 1);
  }

  remove(date: CalendarDate, amountMinor: number): void {
    this.change(date, -amountMinor, -1);
  }

  get isEmpty(): boolean {
    return this.months.size === 0;
  }

  /** First month with an entry. */
  get firstMonth(): number | undefined {
    let first: number | undefined;
    for (const month of this.months.keys()) first = first === undefined || month < first ? month : first;
    return first;
  }

  /** By day of the month, ascending; empty for a month without entries. */
  daysOf(month: number): DayAmounts {
    const known = this.known.get(month);
    if (known !== undefined) return known;
    const days = [...(this.months.get(month) ?? [])].sort(([a], [b]) => a - b);
    const amounts = days.map(([day, { sum }]) => [day, sum.value] as const);
    this.known.set(month, amounts);
    return amounts;
  }

  totalOf(month: number): number {
    const total = new ExactSum();
    for (const [, amountMinor] of this.daysOf(month)) total.add(amountMinor);
    return total.value;
  }

  private change(date: CalendarDate, amountMinor: number, count: 1 | -1): void {
    const month = monthIndexOf(date);
    const days = this.months.get(month) ?? new Map<number, DaySum>();
    if (days.size === 0) this.months.set(month, days);
    const day = dayOfMonth(date);
    const own = days.get(day) ?? { sum: new ExactSum(), count: 0 };
    if (own.count === 0) days.set(day, own);
    own.sum.add(amountMinor);
    own.count += count;
    if (own.count === 0) days.delete(day);
    if (days.size === 0) this.months.delete(month);
    this.known.delete(month);
    this.revision += 1;
  }
}

/** `YYYY-MM` of a month's number. */
export const monthOfIndex = (index: number): CalendarMonth =>
  `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
