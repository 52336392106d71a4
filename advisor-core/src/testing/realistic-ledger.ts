import {
  addMonths,
  type CalendarDate,
  dateToDayNumber,
  dayNumberToDate,
} from '@fintrack/sync-core/protocol/calendar-date';
import type { Entry } from '../ledger.ts';

/** A generator of its own, the same in every engine: a multiply-with-carry of two 16-bit halves. */
const createDraws = (seed: number) => {
  let [high, low] = [(seed & 0xffff) + 1, ((seed >>> 16) & 0xffff) + 7];
  const next = (): number => {
    high = (36_969 * (high & 0xffff) + (high >>> 16)) >>> 0;
    low = (18_000 * (low & 0xffff) + (low >>> 16)) >>> 0;
    return (((high << 16) >>> 0) + (low & 0xffff)) >>> 0;
  };
  return { below: (limit: number): number => next() % limit };
};

const habits = [
  { title: 'Corner Café', category: 'dining', low: 250, high: 900, weight: 10 },
  { title: 'Green Grocer', category: 'groceries', low: 900, high: 8_000, weight: 8 },
  { title: 'Supermarket 1204', category: 'groceries', low: 1_500, high: 14_000, weight: 8 },
  { title: 'City Transport', category: 'transport', low: 220, high: 480, weight: 7 },
  { title: 'Thai Kitchen', category: 'dining', low: 1_400, high: 4_800, weight: 3 },
  { title: 'Pharmacy', category: 'health', low: 300, high: 5_000, weight: 1 },
  { title: 'Book Shop', category: 'fun', low: 800, high: 4_000, weight: 1 },
] as const;

const bills = [
  { title: 'Rent', category: 'home', day: 1, minor: 95_000, every: 1 },
  { title: 'Power Company', category: 'home', day: 12, minor: 6_200, every: 1 },
  { title: 'Music Stream', category: 'fun', day: 18, minor: 999, every: 1 },
  { title: 'Car Insurance', category: 'transport', day: 5, minor: 31_000, every: 12 },
] as const;

/** Each habit has a branch in each. */
const places =
  'North South East West Harbour Station Market Bridge Castle Garden Mill Park Quay Tower Abbey Square'.split(' ');

export type RealisticLedgerOptions = {
  readonly seed: number;
  readonly entries: number;
  readonly lastDay: CalendarDate;
};

/**
 * A household's ledger of any size: monthly and yearly bills, a salary, a price rise, and habits that fill the rest, some
 * nine entries a day at 100,000 over thirty years. The same seed gives the same ledger in every engine.
 */
export const realisticLedger = ({ seed, entries: wanted, lastDay }: RealisticLedgerOptions): readonly Entry[] => {
  const draws = createDraws(seed);
  const end = dateToDayNumber(lastDay);
  const days = Math.max(60, Math.min(30 * 365, Math.floor(wanted / 3)));
  const entries: Entry[] = [];
  const add = (entry: Omit<Entry, 'id' | 'currency'>): void => {
    const id = `e${String(entries.length).padStart(7, '0')}`;
    entries.push({ id, currency: 'EUR', ...entry });
  };
  const first = dayNumberToDate(end - days);
  for (
    let month = first.slice(0, 7);
    month <= lastDay.slice(0, 7) && entries.length < wanted;
    month = addMonths(month, 1)
  ) {
    const salary = `${month}-25`;
    if (salary <= lastDay)
      add({ kind: 'income', date: salary, amountMinor: 310_000, categoryId: null, title: 'Employer Ltd' });
    for (const { title, category, day, minor, every } of bills) {
      const date = `${month}-${String(day).padStart(2, '0')}`;
      if (date > lastDay || (every === 12 && !month.endsWith('-04'))) continue;
      const raised = title === 'Music Stream' && date >= dayNumberToDate(end - 40) ? 200 : 0;
      add({ kind: 'expense', date, amountMinor: minor + raised, categoryId: category, title });
    }
  }
  const total = habits.reduce((sum, { weight }) => sum + weight, 0);
  while (entries.length < wanted) {
    let draw = draws.below(total);
    const habit = habits.find(({ weight }) => {
      draw -= weight;
      return draw < 0;
    });
    if (!habit) throw new Error('a draw beyond the weights');
    const { title, category, low, high } = habit;
    const date = dayNumberToDate(end - draws.below(days));
    const place = places[draws.below(places.length)] ?? '';
    const amountMinor = low + draws.below(high - low);
    add({ kind: 'expense', date, amountMinor, categoryId: category, title: `${title} ${place}` });
  }
  return entries;
};
