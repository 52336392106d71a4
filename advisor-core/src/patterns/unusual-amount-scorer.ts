import type { Posting } from '../posting.ts';
import { type ChargeHistory, createChargeHistory } from './duplicate-charge-history.ts';
import { alertScore, amountRankAmong } from './unusual-amount-alerts.ts';
import { type AmountHistory, createAmountHistory } from './unusual-amount-history.ts';

export type AnomalyScorer = {
  /** The alert score of the posting, by those scored before, among which it counts from then on; 0 is ordinary. */
  readonly score: (posting: Posting) => number;
};

const amountsRanked = 400;

/**
 * Scores a stream of postings in the order of `comparePostings`, with the histories and scores that `unusualIn`,
 * `duplicatesIn` and `pickAlerts` are made of: for evaluation, and for entries that come one by one.
 */
export const createAnomalyScorer = (): AnomalyScorer => {
  const amounts = new Map<string | null, AmountHistory>();
  const charges = new Map<string, ChargeHistory>();
  const recentMinor: number[] = [];
  return {
    score: (posting) => {
      const ofCategory = amounts.get(posting.categoryId) ?? createAmountHistory();
      amounts.set(posting.categoryId, ofCategory);
      const ofMerchant = charges.get(posting.merchant) ?? createChargeHistory();
      charges.set(posting.merchant, ofMerchant);
      const rank = amountRankAmong(recentMinor, posting.amountMinor);
      const unusual = ofCategory.judge(posting)?.surprise ?? 0;
      const duplicate = ofMerchant.judge(posting)?.surprise ?? 0;
      ofCategory.add(posting);
      ofMerchant.add(posting);
      if (posting.amountMinor > 0) recentMinor.push(posting.amountMinor);
      if (recentMinor.length > amountsRanked) recentMinor.shift();
      return Math.max(alertScore('unusual-amount', unusual, rank), alertScore('duplicate-charge', duplicate, rank));
    },
  };
};
