import type { Posting } from '../posting.ts';
import { addPeriods, ruleOf } from './recurring-cadence.ts';
import type { Chain } from './recurring-chain.ts';

const rule = ruleOf('yearly');
/** Days from the anniversary; closer than a yearly step of a longer stream, for nothing else confirms it. */
const toleranceDays = 7;
/** Of the one and the other amount: a yearly price may rise a little. */
const ratioMax = 1.25;

/**
 * Two postings a year apart where the merchant has no others: an insurance or a membership, possibly. Told with two, for
 * a third would take another year.
 */
export const yearlyPairsIn = (postings: readonly Posting[], chains: readonly Chain[]): readonly Chain[] => {
  const [first, second] = postings;
  if (postings.length !== 2 || chains.length > 0 || first === undefined || second === undefined) return [];
  const isAnniversary = Math.abs(second.day - addPeriods(rule, first.day, 1)) <= toleranceDays;
  const larger = Math.max(first.amountMinor, second.amountMinor);
  if (!isAnniversary || larger > ratioMax * Math.min(first.amountMinor, second.amountMinor)) return [];
  return [{ rule, postings, periods: 2, evidence: 0 }];
};
