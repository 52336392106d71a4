import { compareText } from '../compare.ts';
import type { Posting } from '../posting.ts';
import type { DuplicateCharge } from './duplicate-charge.ts';
import type { UnusualAmount } from './unusual-amount.ts';

export type Alert =
  | { readonly type: 'unusual-amount'; readonly score: number; readonly found: UnusualAmount }
  | { readonly type: 'duplicate-charge'; readonly score: number; readonly found: DuplicateCharge };

/** Amounts of the ledger that tell a large one from a small one. */
const amountsRankedMax = 400;
const amountsRankedMin = 30;
/** The smallest amount counts half, the largest a little more than its surprise. */
const materialityLeast = 0.5;
const materialityRange = 0.6;
/** A charge posted twice is mostly a mistake, a large one mostly a purchase: its surprise counts more. */
const duplicateWeight = 2.2;
/** A quiet month has no alert. */
const alertScoreMin = 3;
const daysBetweenAlerts = 30;

/** How a candidate ranks among others. `amountRank` is the share of the ledger's recent amounts at or below its own. */
export const alertScore = (type: Alert['type'], surprise: number, amountRank: number): number =>
  surprise * (materialityLeast + materialityRange * amountRank) * (type === 'duplicate-charge' ? duplicateWeight : 1);

/** The share of `amountsMinor` that is at or below the amount; one half where they are too few to say. */
export const amountRankAmong = (amountsMinor: readonly number[], amountMinor: number): number => {
  if (amountsMinor.length < amountsRankedMin) return 0.5;
  return amountsMinor.reduce((count, other) => (other <= amountMinor ? count + 1 : count), 0) / amountsMinor.length;
};

/** The latest expenses above zero that the ranks are taken among, of postings in the order of `comparePostings`. */
export const recentAmounts = (postings: readonly Posting[]): readonly number[] => {
  const amounts: number[] = [];
  for (let i = postings.length - 1; i >= 0 && amounts.length < amountsRankedMax; i--) {
    const amountMinor = postings[i]?.amountMinor ?? 0;
    if (amountMinor > 0) amounts.push(amountMinor);
  }
  return amounts.reverse();
};

/**
 * What is told: the best candidates, none within 30 days of a better one, each posting once. `recentMinor` comes from
 * `recentAmounts`. Cost: candidates squared at worst, of which 60 days hold few.
 */
export const pickAlerts = (
  unusual: readonly UnusualAmount[],
  duplicates: readonly DuplicateCharge[],
  recentMinor: readonly number[],
): readonly Alert[] => {
  const rankOf = ({ posting }: { readonly posting: Posting }) => amountRankAmong(recentMinor, posting.amountMinor);
  const candidates: readonly Alert[] = [
    ...unusual.map((found): Alert => {
      const type = 'unusual-amount';
      return { type, score: alertScore(type, found.surprise, rankOf(found)), found };
    }),
    ...duplicates.map((found): Alert => {
      const type = 'duplicate-charge';
      return { type, score: alertScore(type, found.surprise, rankOf(found)), found };
    }),
  ];
  const picked: Alert[] = [];
  for (const alert of candidates.toSorted(bestFirst)) {
    const { day } = alert.found.posting;
    const isFree = picked.every((other) => Math.abs(other.found.posting.day - day) >= daysBetweenAlerts);
    if (alert.score >= alertScoreMin && isFree) picked.push(alert);
  }
  return picked;
};

const bestFirst = (a: Alert, b: Alert): number =>
  b.score - a.score ||
  b.found.posting.day - a.found.posting.day ||
  compareText(a.found.posting.id, b.found.posting.id) ||
  compareText(a.type, b.type);
