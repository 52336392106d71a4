import { compareText } from '../compare.ts';
import { lnOf } from '../fixed-math.ts';
import type { Posting } from '../posting.ts';
import { foldText } from '../text.ts';
import { bestChain, type Chain } from './recurring-chain.ts';

/** Newest postings of a pool that are looked at; older ones of a busier merchant carry no stream by themselves. */
const poolMax = 4000;
/** Nats of evidence for a stream, after the trials it took to find it. */
const evidenceMin = 3.6;
const coverageMin = 0.7;
/** Share of a pool, while the stream lasts, that belongs to it; the rest is what the person buys there besides. */
const purityMin = 0.7;
/** Of amounts that are one price but for an exchange rate or the days of a month (`spreadOf`). */
const nearSpreadMax = 0.02;
const nearCountMin = 6;
/** Parallel streams of one amount (two contracts) that are told apart. */
const parallelMax = 4;

export type Lanes = { readonly lanes: readonly Chain[]; readonly rest: readonly Posting[] };

/**
 * The chains in the postings of one merchant group, disjoint, in order of their first postings, and what is in none.
 *
 * Pools, finest first, what one explains leaves the next: the same title; the same long digit runs (an account, a
 * contract); all; each exact amount; amounts close to each other. `postings` is in order.
 */
export const lanesIn = (postings: readonly Posting[]): Lanes => {
  const lanes: Chain[] = [];
  let rest = postings.slice(-poolMax);
  const take = (found: readonly Chain[]): void => {
    if (found.length === 0) return;
    lanes.push(...found);
    const used = new Set(found.flatMap((chain) => chain.postings));
    rest = rest.filter((posting) => !used.has(posting));
  };
  for (const keyOf of [foldText, longDigitsOf]) {
    if (rest.length < 3) break;
    const groups = groupsByTitle(rest, keyOf);
    if (groups.length < 2) continue;
    for (const group of groups) if (group.length >= 3) take(wholeLanes(group));
  }
  take(wholeLanes(rest));
  const amounts = groupsBy(rest, (posting) => posting.amountMinor).filter((group) => group.length >= 3);
  for (const group of amounts) take(parallelLanes(group, lnOf(amounts.length)));
  const near = nearAmounts(rest).filter((group) => group.length >= nearCountMin && spreadOf(group) <= nearSpreadMax);
  for (const group of near) take(wholeLanes(group, lnOf(near.length)));
  return { lanes: lanes.sort(byFirst), rest };
};

const byFirst = (a: Chain, b: Chain): number =>
  (a.postings[0]?.day ?? 0) - (b.postings[0]?.day ?? 0) ||
  compareText(a.postings[0]?.id ?? '', b.postings[0]?.id ?? '');

const longDigitsOf = (title: string): string => title.match(/\d{4,}/g)?.join(' ') ?? '';

/** The key of each title is worked out once: a merchant has few titles. */
const groupsByTitle = (postings: readonly Posting[], keyOf: (title: string) => string) => {
  const keys = new Map<string, string>();
  return groupsBy(postings, ({ title }) => {
    const known = keys.get(title);
    if (known !== undefined) return known;
    const key = keyOf(title);
    keys.set(title, key);
    return key;
  });
};

/** In the order of their first members. */
const groupsBy = <K>(postings: readonly Posting[], keyOf: (posting: Posting) => K): readonly (readonly Posting[])[] => {
  const groups = new Map<K, Posting[]>();
  for (const posting of postings) {
    const key = keyOf(posting);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [posting]);
    else group.push(posting);
  }
  return [...groups.values()];
};

/** Groups of amounts between whose neighbours there is no step of more than a tenth; each group in order of days. */
const nearAmounts = (postings: readonly Posting[]): readonly (readonly Posting[])[] => {
  const byAmount = [...new Set(postings.map((posting) => posting.amountMinor))].sort((a, b) => a - b);
  const groupOf = new Map<number, number>();
  let group = 0;
  byAmount.forEach((amount, index) => {
    const smaller = byAmount[index - 1];
    if (smaller !== undefined && amount > smaller * 1.1) group += 1;
    groupOf.set(amount, group);
  });
  return groupsBy(postings, (posting) => groupOf.get(posting.amountMinor));
};

/** The one chain that most of the pool belongs to, and what follows the same rule in its rest. */
const wholeLanes = (pool: readonly Posting[], trials = 0): readonly Chain[] => {
  if (pool.length < 3) return [];
  const chain = bestChain(pool, purityMin);
  if (chain === undefined || !isStream(chain, pool, trials)) return [];
  const inSpan = countInSpan(pool, chain);
  if (chain.postings.length < purityMin * inSpan) return [];
  const spread = spreadOf(chain.postings);
  if (spread > 0.02 && !isVariableBill(chain, pool, spread)) return [];
  return [chain];
};

/** All streams of one amount that together are most of what has this amount. */
const parallelLanes = (pool: readonly Posting[], trials: number): readonly Chain[] => {
  const lanes: Chain[] = [];
  let rest = pool;
  while (lanes.length < parallelMax && rest.length >= 3) {
    const chain = bestChain(rest, purityMin / parallelMax);
    if (chain === undefined || !isStream(chain, rest, trials)) break;
    lanes.push(chain);
    const used = new Set(chain.postings);
    rest = rest.filter((posting) => !used.has(posting));
  }
  const first = lanes[0];
  if (first === undefined) return [];
  const isExplained = (lane: Chain): boolean => {
    const inSpan = countInSpan(pool, lane);
    const explained = lanes.reduce((sum, each) => sum + countInSpan(each.postings, lane), 0);
    return (
      explained >= purityMin * inSpan && (lane.rule.periodDays >= 28 || lane.postings.length >= purityMin * inSpan)
    );
  };
  return lanes.filter(isExplained);
};

const isStream = (chain: Chain, pool: readonly Posting[], trials: number): boolean => {
  const count = chain.postings.length;
  return (
    count >= 3 &&
    count >= (count === 3 ? 1 : coverageMin) * chain.periods &&
    localEvidence(chain, pool) - trials - lnOf(pool.length / count) >= evidenceMin
  );
};

/** The evidence with the rate of the pool while the chain lasts: a burst of postings must not look like order. */
const localEvidence = (chain: Chain, pool: readonly Posting[]): number => {
  const steps = chain.postings.length - 1;
  const poolSpan = Math.max((pool.at(-1)?.day ?? 0) - (pool[0]?.day ?? 0), 1);
  const rate = (countInSpan(pool, chain) - 1) / Math.max(spanOf(chain), 1);
  return chain.evidence + steps * lnOf(pool.length / poolSpan / rate);
};

const isVariableBill = (chain: Chain, pool: readonly Posting[], spread: number): boolean => {
  const count = chain.postings.length;
  // A few unlike amounts are one bill only where each period has one.
  if (count <= 5 && chain.periods > count) return false;
  const countMin = chain.rule.months >= 6 ? 3 : 4;
  return count >= countMin && spread <= (count === 3 ? 0.15 : count <= 5 ? 0.3 : 0.45) && count >= 0.6 * pool.length;
};

const spanOf = (chain: Chain): number => (chain.postings.at(-1)?.day ?? 0) - (chain.postings[0]?.day ?? 0);

const countInSpan = (pool: readonly Posting[], chain: Chain): number => {
  const first = chain.postings[0]?.day ?? 0;
  const last = chain.postings.at(-1)?.day ?? 0;
  return pool.filter((posting) => posting.day >= first && posting.day <= last).length;
};

/** Median distance from the median, as a share of it. */
const spreadOf = (postings: readonly Posting[]): number => {
  const middle = medianOf(postings.map((posting) => posting.amountMinor));
  return medianOf(postings.map((posting) => Math.abs(posting.amountMinor - middle))) / middle;
};

const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
};
