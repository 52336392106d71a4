import { comparePostings, type Posting } from '../posting.ts';
import { type AmountJudgement, createAmountHistory } from './unusual-amount-history.ts';

export type { AmountJudgement, Comparison } from './unusual-amount-history.ts';

export type UnusualAmount = AmountJudgement & { readonly posting: Posting };

/** Older postings are judged no more: the person has seen them. */
export const daysJudged = 60;
/** Less is too usual to be a candidate: one posting in twenty. */
export const surpriseMin = 3;

/**
 * The postings of the last 60 days up to `asOf` whose amounts stand out, by day and id. The group is one category in
 * one currency. Each is judged by what is dated before it, and on its own day before it by id, so that no outlier is
 * part of its own baseline; method in `createAmountHistory`. Candidates only: `pickAlerts` chooses what is told.
 * Cost: n log n of the group, and the windows for each posting judged.
 */
export const unusualIn = (group: readonly Posting[], asOf: number): readonly UnusualAmount[] => {
  const history = createAmountHistory();
  const found: UnusualAmount[] = [];
  for (const posting of [...group].sort(comparePostings)) {
    if (posting.day > asOf) break;
    const judgement = posting.day > asOf - daysJudged ? history.judge(posting) : undefined;
    if (judgement !== undefined && judgement.surprise >= surpriseMin) found.push({ ...judgement, posting });
    history.add(posting);
  }
  return found;
};
