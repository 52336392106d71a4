import { getOrAdd } from '../get-or-add.ts';
import type { Posting } from '../posting.ts';
import { PostingGroup } from '../posting-group.ts';
import { type ChargeHistory, createChargeHistory } from './duplicate-charge-history.ts';
import { alertScore, amountRankAmong } from './unusual-amount-alerts.ts';
import { rememberedJudgements } from './unusual-amount-memory.ts';

export type AnomalyScorer = {
  /** The alert score of the posting, by those scored before, among which it counts from then on; 0 is ordinary. */
  readonly score: (posting: Posting) => number;
};

const amountsRanked = 400;

/**
 * Scores a stream of postings in the order of `comparePostings`, with the judgements and scores that
 * `rememberedUnusual`, `duplicatesIn` and `pickAlerts` are made of: for evaluation, and for entries that come one by one.
 */
export const createAnomalyScorer = (): AnomalyScorer => {
  const categories = new Map<string | null, PostingGroup>();
  const judgementsOf = rememberedJudgements();
  const charges = new Map<string, ChargeHistory>();
  const recentMinor: number[] = [];
  return {
    score: (posting) => {
      const ofCategory = getOrAdd(categories, posting.categoryId, () => new PostingGroup());
      const ofMerchant = getOrAdd(charges, posting.merchant, createChargeHistory);
      ofCategory.add(posting);
      const rank = amountRankAmong(recentMinor, posting.amountMinor);
      const unusual = judgementsOf(ofCategory, posting.day).get(posting)?.surprise ?? 0;
      const duplicate = ofMerchant.judge(posting)?.surprise ?? 0;
      ofMerchant.add(posting);
      if (posting.amountMinor > 0) recentMinor.push(posting.amountMinor);
      if (recentMinor.length > amountsRanked) recentMinor.shift();
      return Math.max(alertScore('unusual-amount', unusual, rank), alertScore('duplicate-charge', duplicate, rank));
    },
  };
};
