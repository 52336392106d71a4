import { dateToDayNumber } from '@fintrack/sync-core/protocol/calendar-date';
import { compareText, firstDifference } from './compare.ts';
import type { Wishes } from './feedback.ts';
import type { Confidence, Insight, InsightKind } from './insight.ts';

/** Cards of one week that are shown; more of them are read by nobody. What is certain and urgent is not held back. */
const aWeekMax = 5;

export type Ranked = {
  /** Most worth telling first. */
  readonly shown: readonly Insight[];
  /** How many more the cap of a week holds back. */
  readonly heldBack: number;
};

/**
 * What is told, in order: budgets that are over, then by how much of a usual month's spending each is about. Dismissed
 * ones are gone; of each week of `since` (Monday to Sunday) the first `aWeekMax` stay. A pure function of the set, so a
 * reload shows the same cards.
 *
 * `usualMinor` is the currency's median spending of a month, the yardstick that makes currencies comparable; 0 if unknown.
 */
export const rankInsights = (
  insights: readonly Insight[],
  wishes: Wishes,
  usualMinor: (currency: string) => number,
): Ranked => {
  const wanted = insights.filter(({ key, bucket }) => !wishes.isHidden(key, bucket));
  const weights = new Map(wanted.map((insight) => [insight, weightOf(insight, usualMinor(insight.money.currency))]));
  const weight = (insight: Insight): number => weights.get(insight) ?? 0;
  const ordered = wanted.toSorted((a, b) =>
    firstDifference(rankOf[a.kind] - rankOf[b.kind], weight(b) - weight(a), compareText(a.key, b.key)),
  );
  const perWeek = new Map<number, number>();
  const shown = ordered.filter((insight) => {
    if (rankOf[insight.kind] === 0) return true;
    const week = weekOf(insight);
    const count = (perWeek.get(week) ?? 0) + 1;
    perWeek.set(week, count);
    return count <= aWeekMax;
  });
  return { shown, heldBack: ordered.length - shown.length };
};

/** 0 is never held back. */
const rankOf: Readonly<Record<InsightKind, number>> = {
  'budget-over': 0,
  'duplicate-charge': 1,
  'forecast-over-budget': 1,
  'budget-above-pace': 1,
  'unusual-amount': 1,
  'price-rise': 1,
  'payment-late': 1,
  'level-change': 2,
  'payment-stopped': 2,
  'savings-rate': 3,
  'budget-suggestion': 3,
};

/** Ten-thousandths of a usual month, halved for each step less sure; whole, so that every engine orders alike. */
const weightOf = ({ money, confidence }: Insight, usualMinor: number): number => {
  const share = usualMinor > 0 ? Math.min(1_000_000, Math.floor((Math.abs(money.minor) / usualMinor) * 10_000)) : 0;
  return Math.floor(share / lessSure[confidence]);
};

const lessSure: Readonly<Record<Confidence, number>> = { certain: 1, likely: 2, possible: 4 };

/** Day 0, 1970-01-01, was a Thursday. */
const weekOf = ({ since }: Insight): number => Math.floor((dateToDayNumber(since) + 3) / 7);
