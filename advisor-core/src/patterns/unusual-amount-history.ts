import { lnOf } from '../fixed-math.ts';
import type { Posting } from '../posting.ts';

/** Earlier postings that one was compared with. Money in minor units, as it was posted. */
export type Comparison = {
  readonly count: number;
  /** How many of them were at least as large. */
  readonly asLarge: number;
  /** Eight of ten lay from `lowMinor` to `highMinor`. */
  readonly lowMinor: number;
  readonly highMinor: number;
  /** Ids of the largest, at most three, largest first. */
  readonly largest: readonly string[];
};

export type AmountJudgement = {
  /** -ln of the chance that an ordinary posting is this large: 3 is one in twenty, 7 one in a thousand. */
  readonly surprise: number;
  readonly inCategory: Comparison;
  /** With the same merchant in the same category; absent where it is the first, or where no merchant is named. */
  readonly atMerchant?: Comparison;
};

export type AmountHistory = {
  /** By what was added before; undefined where that is too little, and for amounts of zero and below. */
  readonly judge: (posting: Posting) => AmountJudgement | undefined;
  readonly add: (posting: Posting) => void;
};

const categoryWindow = 240;
const merchantWindow = 60;
const categoryCountMin = 3;
/** Share and least number of the window that are its tail. */
const tailShare = 0.1;
const tailCountMin = 3;
/** What the tail index is before it is known, and for how many postings that counts; in logarithms of ratios. */
const tailIndexPrior = 0.5;
const tailIndexPriorCount = 3;
/** Giants that were posted before count, in the tail, as no more than this many times its median excess. */
const giantFactor = 3;
const excessAlways = 0.1;
/** How far amounts of one merchant lie from its middle before that is known; in logarithms too. */
const spreadPrior = 0.8;
const spreadPriorCount = 3;
const spreadMin = 0.05;
/** For how many postings of a merchant the spread at all merchants counts, and the category's opinion. */
const pooledSpreadCount = 6;
const categoryOpinionCount = 4;
/** A jump from one posting to the next is as far as two deviations; giants count as no more than this. */
const deviationsPerJump = 0.7;
const deviationMax = 2;
/** Certainty has an end: about one in twenty thousand. */
const surpriseMax = 10;
/** An amount within a twentieth of an earlier one at the merchant has been there before. */
const alike = 0.05;
/** Up to this share of a merchant's postings may be slips themselves. */
const slipShare = 0.2;
/** How much rarer in the category than at its merchant an amount seen there before may count. */
const knownAmountAllowance = 2;
const newMerchantFactor = 1.1;

/**
 * How unusual an amount is among the earlier ones of its category and merchant, on a logarithmic scale, so that neither
 * the currency nor the level of prices matters.
 *
 * In the category: the empirical tail up to the 90th percentile of the last 240 postings, and a Pareto tail above it
 * with Hill's index (Hill 1975), in which earlier giants count less, and a prior as long as there are few. At the
 * merchant: a Laplace tail around the median of its last 60, whose spread is drawn towards that of the category's
 * merchants (partial pooling); an amount that the merchant has charged before counts by its rank. The two are averaged,
 * the merchant weighing more as it is known better. So a twin of last year's premium is nothing, and ten times the
 * usual milk is something.
 * Cost of a judgement: the windows, sorted. Memory: id, amount and logarithm of every posting added, older ones too.
 */
export const createAmountHistory = (): AmountHistory => {
  const postings: LoggedPosting[] = [];
  const byMerchant = new Map<string, LoggedPosting[]>();
  let deviationSum = 0;
  let deviationCount = 0;

  return {
    judge: (posting) => {
      if (posting.amountMinor <= 0 || postings.length < categoryCountMin) return undefined;
      const log = lnOf(posting.amountMinor);
      const recent = postings.slice(-categoryWindow);
      const inCategory = compare(recent, posting.amountMinor);
      const tail = Math.min(surpriseMax, tailSurprise(recent, inCategory.asLarge, log));
      const known = posting.merchant === '' ? undefined : byMerchant.get(posting.merchant)?.slice(-merchantWindow);
      if (known === undefined) {
        const surprise = posting.merchant === '' ? tail : tail * newMerchantFactor;
        return { surprise, inCategory };
      }
      const pooled = (deviationSum + spreadPrior * spreadPriorCount) / (deviationCount + spreadPriorCount);
      return {
        surprise: blend(known, log, tail, pooled),
        inCategory,
        atMerchant: compare(known, posting.amountMinor),
      };
    },
    add: ({ id, amountMinor, merchant }) => {
      if (amountMinor <= 0) return;
      const logged = { id, amountMinor, log: lnOf(amountMinor) };
      postings.push(logged);
      if (merchant === '') return;
      const known = byMerchant.get(merchant) ?? [];
      const previous = known.at(-1);
      if (previous !== undefined) {
        deviationSum += Math.min(deviationMax, deviationsPerJump * Math.abs(logged.log - previous.log));
        deviationCount += 1;
      }
      known.push(logged);
      byMerchant.set(merchant, known);
    },
  };
};

type LoggedPosting = { readonly id: string; readonly amountMinor: number; readonly log: number };

const tailSurprise = (postings: readonly LoggedPosting[], asLarge: number, log: number): number => {
  const falling = sortedOf(postings, (posting) => -posting.log);
  const count = falling.length;
  const tailCount = Math.min(count - 1, Math.max(tailCountMin, Math.floor(count * tailShare)));
  const threshold = -(falling[tailCount] ?? 0);
  if (log <= threshold) return -lnOf((asLarge + 0.5) / (count + 1));
  const excesses = falling.subarray(0, tailCount).map((negative) => -negative - threshold);
  const excessMax = giantFactor * (excesses[tailCount >> 1] ?? 0) + excessAlways;
  const sum = excesses.reduce(
    (total, excess) => total + Math.min(excess, excessMax),
    tailIndexPrior * tailIndexPriorCount,
  );
  return -lnOf((tailCount + 0.5) / (count + 1)) + ((log - threshold) * (tailCount + tailIndexPriorCount)) / sum;
};

/** Merchant and category together, for a merchant with at least one posting. */
const blend = (known: readonly LoggedPosting[], log: number, tail: number, pooledSpread: number): number => {
  const count = known.length;
  const logs = sortedOf(known, (posting) => posting.log);
  const middle = ((logs[(count - 1) >> 1] ?? 0) + (logs[count >> 1] ?? 0)) / 2;
  let deviations = pooledSpreadCount * pooledSpread;
  let before = 0;
  for (const other of logs) {
    deviations += Math.abs(other - middle);
    if (other >= log - alike) before += 1;
  }
  const spread = Math.max(spreadMin, deviations / (count + pooledSpreadCount));
  const beyond = log > middle ? Math.min(surpriseMax, lnOf(2) + (log - middle) / spread) : 0;
  const merchant = before === 0 ? beyond : surpriseAgain(beyond, before, count);
  const weight = count / (count + categoryOpinionCount);
  const blended = weight * merchant + (1 - weight) * tail;
  return Math.max(0, before > slipShare * count ? Math.min(blended, merchant + knownAmountAllowance) : blended);
};

/** At a merchant that charged as much before: by rank, softened while those are so few that they may be slips too. */
const surpriseAgain = (beyond: number, before: number, count: number): number => {
  const byRank = Math.min(beyond, -lnOf((before + 0.5) / (count + 1)));
  return before > slipShare * count ? byRank : (byRank + beyond) / 2;
};

const largestShown = 3;

const compare = (postings: readonly LoggedPosting[], amountMinor: number): Comparison => {
  const amounts = sortedOf(postings, (posting) => posting.amountMinor);
  const at = (share: number): number => amounts[Math.floor(share * (amounts.length - 1))] ?? 0;
  return {
    count: amounts.length,
    asLarge: amounts.reduce((count, amount) => (amount >= amountMinor ? count + 1 : count), 0),
    lowMinor: at(0.1),
    highMinor: amounts[Math.ceil(0.9 * (amounts.length - 1))] ?? 0,
    largest: largestOf(postings),
  };
};

/** Ids of the largest; of equals the later one. */
const largestOf = (postings: readonly LoggedPosting[]): readonly string[] => {
  const largest: LoggedPosting[] = [];
  for (const posting of postings) {
    // Most are not among them.
    if (largest.length === largestShown && posting.amountMinor < (largest.at(-1)?.amountMinor ?? 0)) continue;
    const place = largest.findIndex((other) => posting.amountMinor >= other.amountMinor);
    largest.splice(place === -1 ? largest.length : place, 0, posting);
    if (largest.length > largestShown) largest.pop();
  }
  return largest.map((posting) => posting.id);
};

/** Filled one by one: `Float64Array.from` takes several times as long, and this is most of a judgement. */
const sortedOf = (postings: readonly LoggedPosting[], pick: (posting: LoggedPosting) => number): Float64Array => {
  const values = new Float64Array(postings.length);
  postings.forEach((posting, index) => {
    values[index] = pick(posting);
  });
  return values.sort();
};
