import { compareText } from '../compare.ts';
import { comparePostings, type Posting } from '../posting.ts';
import { amountsOf, type PriceChange } from './recurring-amounts.ts';
import { addPeriods, type Cadence, type CadenceRule } from './recurring-cadence.ts';
import type { Chain } from './recurring-chain.ts';
import { lanesIn } from './recurring-lanes.ts';
import { linkLanes } from './recurring-link.ts';
import { type NextDay, nextDay } from './recurring-next.ts';
import { yearlyPairsIn } from './recurring-yearly-pairs.ts';

export type { PriceChange } from './recurring-amounts.ts';
export type { Cadence } from './recurring-cadence.ts';

/** A bill, a subscription, a salary: postings of one merchant that come at one cadence. All amounts in minor units. */
export type RecurringStream = {
  /** Of the first posting, the cadence and the merchant: what is posted later, at whatever price, keeps it. */
  readonly key: string;
  readonly cadence: Cadence;
  /** Ids, by day and then id. */
  readonly evidence: readonly string[];
  readonly amountKind: 'fixed' | 'variable';
  /** Expected next: the last price of a fixed stream, the median of the last twelve of a variable one. */
  readonly amountMinor: number;
  /** Within it lie 80% of a variable bill's amounts; equal ends for a fixed one. */
  readonly amountRange: readonly [number, number];
  /** By day. Of a fixed stream only. */
  readonly priceChanges: readonly PriceChange[];
  readonly lastDay: number;
  /** Null once stopped. `day` may have passed where the stream is late. */
  readonly next: NextDay | null;
  /** `late` after `next.latest`; `stopped` when a period and the cadence's grace have passed since the last posting. */
  readonly state: 'active' | 'late' | 'stopped';
  readonly confidence: 'certain' | 'likely' | 'possible';
};

/** Nats of evidence, and postings, from which on a stream is certain. */
const certainEvidence = 8;
const certainCount = 6;
/** Nats below which three postings or more are still only a possible stream. */
const likelyEvidence = 4.5;

/**
 * Streams in the postings of ONE merchant group: all with the same coarse merchant key, of one kind and one currency, in
 * any order. Refunds, zero amounts and what is dated after `asOfDay` are left out.
 *
 * Method: the path of most evidence through the postings of each pool (recurring-chain), pools from one title to the
 * whole group to one amount (recurring-lanes), joined over price changes and pauses (recurring-link), next day by the
 * method that would have been right before (recurring-next). After the calendar-aware chains and amount streams that
 * banks and Plaid use (mature at three postings, two if yearly), with evidence as a log likelihood ratio against chance.
 * Cost: near linear in the group, for pools too busy for a cadence are not searched for it, and of a group the newest
 * 4,000 postings only are read.
 */
export const recurringIn = (group: readonly Posting[], asOfDay: number): readonly RecurringStream[] => {
  const postings = group.filter((posting) => posting.amountMinor > 0 && posting.day <= asOfDay).sort(comparePostings);
  if (postings.length < 2) return [];
  const lanes = lanesIn(postings);
  const chains = linkLanes(lanes);
  return [...chains, ...yearlyPairsIn(postings, chains)].map((chain) => streamOf(chain, asOfDay));
};

/** Streams of many groups of one kind and currency, groups in the order of their keys. */
export const recurringByGroup = (
  postings: Iterable<Posting>,
  asOfDay: number,
  keyOf: (posting: Posting) => string = (posting) => posting.merchant,
): readonly RecurringStream[] => {
  const groups = new Map<string, Posting[]>();
  for (const posting of postings) {
    const key = keyOf(posting);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [posting]);
    else group.push(posting);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).flatMap(([, group]) => recurringIn(group, asOfDay));
};

const streamOf = ({ rule, postings, periods, evidence }: Chain, asOfDay: number): RecurringStream => {
  const days = postings.map((posting) => posting.day);
  const lastDay = days.at(-1) ?? asOfDay;
  const due = nextDay(days, rule);
  const state = stateAt(asOfDay, lastDay, due, rule);
  return {
    key: `${postings[0]?.merchant ?? ''}|${rule.cadence}|${postings[0]?.id ?? ''}`,
    cadence: rule.cadence,
    evidence: postings.map((posting) => posting.id),
    ...amountsOf(postings),
    lastDay,
    next: state === 'stopped' ? null : due,
    state,
    confidence: confidenceOf(postings.length, periods, evidence),
  };
};

const stateAt = (asOfDay: number, lastDay: number, due: NextDay, rule: CadenceRule): RecurringStream['state'] => {
  if (asOfDay > Math.max(addPeriods(rule, lastDay, 1) + rule.graceDays, due.latest)) return 'stopped';
  return asOfDay > due.latest ? 'late' : 'active';
};

const confidenceOf = (count: number, periods: number, evidence: number): RecurringStream['confidence'] => {
  if (count < 3 || evidence < likelyEvidence) return 'possible';
  return count >= certainCount && evidence >= certainEvidence && count >= 0.9 * periods ? 'certain' : 'likely';
};
