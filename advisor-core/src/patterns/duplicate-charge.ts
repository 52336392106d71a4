import { comparePostings, type Posting } from '../posting.ts';
import { createChargeHistory, type DuplicateJudgement } from './duplicate-charge-history.ts';
import { daysJudged } from './unusual-amount.ts';

export type { DuplicateJudgement } from './duplicate-charge-history.ts';

export type DuplicateCharge = DuplicateJudgement & { readonly posting: Posting };

/** Less is a merchant whose charges often come back: one in seven. */
export const duplicateSurpriseMin = 2;

/**
 * The postings of the last 60 days up to `asOf` that look like a charge posted twice, by day and id. The group is one
 * merchant in one currency. Each is judged by what is dated before it, and on its own day before it by id; method in
 * `createChargeHistory`. One that a later refund of the same amount has already put right is left out.
 * Cost: n log n of the group.
 */
export const duplicatesIn = (group: readonly Posting[], asOf: number): readonly DuplicateCharge[] => {
  const history = createChargeHistory();
  const found: DuplicateCharge[] = [];
  for (const posting of [...group].sort(comparePostings)) {
    if (posting.day > asOf) break;
    const judgement = posting.day > asOf - daysJudged ? history.judge(posting) : undefined;
    if (judgement !== undefined && judgement.surprise >= duplicateSurpriseMin) found.push({ ...judgement, posting });
    history.add(posting);
    if (posting.amountMinor < 0) forgetRefunded(found, -posting.amountMinor);
  }
  return found;
};

/** Takes out the latest of that amount. */
const forgetRefunded = (found: DuplicateCharge[], amountMinor: number): void => {
  const index = found.findLastIndex(({ posting }) => posting.amountMinor === amountMinor);
  if (index >= 0) found.splice(index, 1);
};
