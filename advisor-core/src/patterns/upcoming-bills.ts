import { compareText } from '../compare.ts';
import { subtractMinor, sumMinor } from '../minor-arithmetic.ts';
import type { RecurringStream } from './recurring.ts';
import { addPeriods, ruleOf } from './recurring-cadence.ts';

/** A posting to come. Amounts in minor units of the one currency. */
export type UpcomingPosting = {
  readonly streamKey: string;
  readonly kind: 'expense' | 'income';
  /** Today where it was due before and has not come. */
  readonly day: number;
  readonly earliest: number;
  readonly latest: number;
  readonly amountMinor: number;
  /** Within it lie 80% of a variable bill's amounts; equal ends for a fixed one. */
  readonly amountRange: readonly [number, number];
  readonly isLate: boolean;
  readonly confidence: RecurringStream['confidence'];
};

export type CashFlow = {
  readonly spentMinor: number;
  readonly earnedMinor: number;
  /** Earned less spent. */
  readonly netMinor: number;
};

export type Upcoming = {
  /** By day, incomes first, then by stream. */
  readonly postings: readonly UpcomingPosting[];
  /** Of `postings` but the merely possible ones. */
  readonly cashFlow: CashFlow;
};

export type UpcomingInput = {
  /** Of ONE currency, as at `asOfDay`. */
  readonly expenses: readonly RecurringStream[];
  readonly incomes: readonly RecurringStream[];
  readonly asOfDay: number;
  /** Days after `asOfDay` that are looked at; at most 400. */
  readonly horizonDays: number;
};

/** A year and its tolerance: further ahead nothing is known that the year does not show. */
const horizonDaysMax = 400;

/**
 * What the streams let expect from today to the horizon: the next posting of each and those that follow at its cadence.
 * What is due but has not come is expected today until its stream has stopped. Cost: the number of expected postings.
 */
export const upcomingBills = ({ expenses, incomes, asOfDay, horizonDays }: UpcomingInput): Upcoming => {
  const lastDay = asOfDay + Math.min(Math.max(horizonDays, 0), horizonDaysMax);
  const postings = [
    ...incomes.flatMap((stream) => expectedOf(stream, 'income', asOfDay, lastDay)),
    ...expenses.flatMap((stream) => expectedOf(stream, 'expense', asOfDay, lastDay)),
  ].sort(byDay);
  return { postings, cashFlow: cashFlowOf(postings) };
};

const expectedOf = (
  stream: RecurringStream,
  kind: UpcomingPosting['kind'],
  asOfDay: number,
  lastDay: number,
): readonly UpcomingPosting[] => {
  const { next } = stream;
  if (next === null) return [];
  const rule = ruleOf(stream.cadence);
  const expected: UpcomingPosting[] = [];
  for (let periods = 0; ; periods++) {
    const due = addPeriods(rule, next.day, periods);
    const day = Math.max(due, asOfDay);
    if (day > lastDay) return expected;
    // Of several due days that have passed one posting is awaited, not each.
    if (periods > 0 && due <= asOfDay) continue;
    expected.push({
      streamKey: stream.key,
      kind,
      day,
      earliest: Math.max(due - (next.day - next.earliest), asOfDay),
      latest: Math.max(due + (next.latest - next.day), asOfDay),
      amountMinor: stream.amountMinor,
      amountRange: stream.amountRange,
      isLate: periods === 0 && stream.state === 'late',
      confidence: stream.confidence,
    });
  }
};

const byDay = (a: UpcomingPosting, b: UpcomingPosting): number =>
  a.day - b.day || compareText(b.kind, a.kind) || compareText(a.streamKey, b.streamKey);

const cashFlowOf = (postings: readonly UpcomingPosting[]): CashFlow => {
  const counted = postings.filter((posting) => posting.confidence !== 'possible');
  const sumOf = (kind: UpcomingPosting['kind']): number =>
    sumMinor(counted.filter((posting) => posting.kind === kind).map((posting) => posting.amountMinor));
  const spentMinor = sumOf('expense');
  const earnedMinor = sumOf('income');
  return { spentMinor, earnedMinor, netMinor: subtractMinor(earnedMinor, spentMinor) };
};
