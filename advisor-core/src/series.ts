import { type CalendarDate, type CalendarMonth, dayOfMonth } from '@fintrack/sync-core/protocol/calendar-date';

/** Whole number of the month, January of year 0 being 0. */
export const monthIndexOf = (date: CalendarDate): number =>
  Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

/** The sum in big integers: what was added can be taken away again whatever the size in between. */
type DaySum = { sumMinor: bigint; count: number };

/**
 * Sums by month and day of one currency: all that forecasts need, exact after any order of additions and removals. The
 * size grows with days that have entries, not with entries.
 */
export class Series {
  private readonly months = new Map<number, Map<number, DaySum>>();

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
  daysOf(month: number): readonly (readonly [dayOfMonth: number, amountMinor: number])[] {
    const days = [...(this.months.get(month) ?? [])].sort(([a], [b]) => a - b);
    return days.map(([day, { sumMinor }]) => [day, Number(sumMinor)] as const);
  }

  totalOf(month: number): number {
    let total = 0n;
    for (const { sumMinor } of this.months.get(month)?.values() ?? []) total += sumMinor;
    return Number(total);
  }

  private change(date: CalendarDate, amountMinor: number, count: 1 | -1): void {
    const month = monthIndexOf(date);
    const days = this.months.get(month) ?? new Map<number, DaySum>();
    this.months.set(month, days);
    const day = dayOfMonth(date);
    const sum = days.get(day) ?? { sumMinor: 0n, count: 0 };
    days.set(day, sum);
    sum.sumMinor += BigInt(amountMinor);
    sum.count += count;
    if (sum.count === 0) days.delete(day);
    if (days.size === 0) this.months.delete(month);
  }
}

/** `YYYY-MM` of a month's number. */
export const monthOfIndex = (index: number): CalendarMonth =>
  `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
