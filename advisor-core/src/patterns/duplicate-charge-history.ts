import { lnOf } from '../fixed-math.ts';
import type { Posting } from '../posting.ts';
import { foldText } from '../text.ts';

export type DuplicateJudgement = {
  /** -ln of the chance that this merchant charges the same amount again so soon; halved where the titles differ. */
  readonly surprise: number;
  /** Earlier postings of the same amount at most two days before, by day and id. */
  readonly twins: readonly Posting[];
  /** How often an amount came back within two days before, among the last `of` charges of the merchant. */
  readonly repeats: number;
  readonly of: number;
};

export type ChargeHistory = {
  /** By what was added before; undefined where there is no twin, and for amounts of zero and below. */
  readonly judge: (posting: Posting) => DuplicateJudgement | undefined;
  /** In the order of `comparePostings`. */
  readonly add: (posting: Posting) => void;
};

const daysApart = 2;
const chargesLookedAt = 60;
/** A merchant with more charges than this in three days sells by the piece. */
const chargesComparedMax = 200;
/** How often charges come back at once before the merchant is known, and for how many charges that counts. */
const repeatPrior = 0.01;
const repeatPriorCount = 2;
const otherTitleFactor = 0.5;

/**
 * Whether a charge is likely to be a second posting of one already there: same merchant, same amount, at most two days
 * apart. Two trams a day are no mistake, so the score falls with how often this merchant's amounts came back as soon
 * in the past (a rate with a beta prior, taken as -ln). Cost: the charges of three days, at most 200, and the last 60.
 */
export const createChargeHistory = (): ChargeHistory => {
  const charges: Charge[] = [];

  const twinsOf = ({ amountMinor, day }: Posting): readonly Posting[] => {
    const twins: Posting[] = [];
    const first = Math.max(0, charges.length - chargesComparedMax);
    for (let i = charges.length - 1; i >= first; i--) {
      const charge = charges[i];
      if (charge === undefined || day - charge.posting.day > daysApart) break;
      if (charge.posting.amountMinor === amountMinor) twins.unshift(charge.posting);
    }
    return twins;
  };

  return {
    judge: (posting) => {
      const twins = posting.amountMinor > 0 ? twinsOf(posting) : [];
      if (twins.length === 0) return undefined;
      const recent = charges.slice(-chargesLookedAt);
      const repeats = recent.reduce((count, charge) => (charge.isRepeat ? count + 1 : count), 0);
      const rate = (repeats + repeatPrior * repeatPriorCount) / (recent.length + repeatPriorCount);
      const title = foldText(posting.title);
      const isSameTitle = twins.some((twin) => foldText(twin.title) === title);
      const surprise = -lnOf(rate) * (isSameTitle ? 1 : otherTitleFactor);
      return { surprise, twins, repeats, of: recent.length };
    },
    add: (posting) => {
      if (posting.amountMinor <= 0) return;
      charges.push({ posting, isRepeat: twinsOf(posting).length > 0 });
    },
  };
};

type Charge = { readonly posting: Posting; readonly isRepeat: boolean };
