import type { Posting } from '../posting.ts';
import { addPeriods, type CadenceRule, periodsBetween } from './recurring-cadence.ts';
import type { Chain } from './recurring-chain.ts';
import type { Lanes } from './recurring-lanes.ts';

/** A price rises or falls by less than this from one posting to the next; beyond, it is another thing bought. */
const priceRatioMax = 1.6;
/** The same for a single posting, which has no others to confirm it. */
const singleRatioMax = 1.35;
/** A stream that comes back after a longer pause is a new one. */
const pauseDaysMax = 400;
/** Postings that would be expected by chance where a single one is taken into a stream. */
const chanceMax = 0.2;
const extensionsMax = 36;

/**
 * Chains that go on in one another joined: over a price change (next period, or the one after, amounts alike), over a
 * spelling (the same with another title), over a pause (the same amount on the same day of the period). Then single
 * postings at a due day just before, in or after a stream are taken in: a price charged once, or the first at a new one.
 * Cost: chains squared, which are few, and the rest once for each posting taken in.
 */
export const linkLanes = ({ lanes, rest }: Lanes): readonly Chain[] => {
  const joined: Chain[] = [];
  for (const lane of lanes) {
    const at = joined.findIndex((earlier) => goesOn(earlier, lane));
    const earlier = joined[at];
    if (earlier === undefined) joined.push(lane);
    else joined[at] = join(earlier, lane);
  }
  let free = rest;
  return joined.map((lane) => {
    const extended = takeSingles(lane, free);
    const used = new Set(extended.postings);
    if (extended !== lane) free = free.filter((posting) => !used.has(posting));
    return extended;
  });
};

const goesOn = (earlier: Chain, later: Chain): boolean => {
  const last = earlier.postings.at(-1);
  const first = later.postings[0];
  if (last === undefined || first === undefined || earlier.rule !== later.rule || first.day <= last.day) return false;
  const periods = periodsBetween(earlier.rule, last.day, first.day);
  const deviation = Math.abs(addPeriods(earlier.rule, last.day, periods, true) - first.day);
  if (periods < 1 || deviation > earlier.rule.toleranceDays / 2 + 1) return false;
  if (periods <= 2) return isAlike(last, first, priceRatioMax);
  return last.amountMinor === first.amountMinor && first.day - last.day <= pauseDaysMax;
};

const join = (earlier: Chain, later: Chain): Chain => ({
  rule: earlier.rule,
  postings: [...earlier.postings, ...later.postings],
  periods: earlier.periods + later.periods,
  evidence: earlier.evidence + later.evidence,
});

const isAlike = (a: Posting, b: Posting, ratioMax: number): boolean =>
  Math.max(a.amountMinor, b.amountMinor) <= ratioMax * Math.min(a.amountMinor, b.amountMinor);

const takeSingles = (lane: Chain, rest: readonly Posting[]): Chain => {
  const postings = [...lane.postings];
  let taken = 0;
  const takeAt = (due: number, near: Posting): Posting | undefined => {
    const found = taken < extensionsMax ? singleAt(due, near, lane.rule, rest, postings) : undefined;
    if (found !== undefined) taken += 1;
    return found;
  };
  for (let first = postings[0]; first !== undefined; ) {
    first = takeAt(addPeriods(lane.rule, first.day, -1, true), first);
    if (first !== undefined) postings.unshift(first);
  }
  for (let at = 1; at < postings.length; at++) {
    const before = postings[at - 1];
    const after = postings[at];
    if (before === undefined || after === undefined || periodsBetween(lane.rule, before.day, after.day) < 2) continue;
    const due = addPeriods(lane.rule, before.day, 1, true);
    const found = takeAt(due, before);
    if (found !== undefined && found.day < after.day) postings.splice(at, 0, found);
  }
  for (let last = postings.at(-1); last !== undefined; ) {
    last = takeAt(addPeriods(lane.rule, last.day, 1, true), last);
    if (last !== undefined) postings.push(last);
  }
  return taken === 0 ? lane : { ...lane, postings, periods: lane.periods + taken };
};

/** The posting nearest to the due day, if it is near enough that chance would hardly put one there. */
const singleAt = (
  due: number,
  near: Posting,
  rule: CadenceRule,
  rest: readonly Posting[],
  taken: readonly Posting[],
): Posting | undefined => {
  const alike = rest.filter((posting) => isAlike(posting, near, singleRatioMax) && !taken.includes(posting));
  let best: Posting | undefined;
  for (const posting of alike)
    if (best === undefined || Math.abs(posting.day - due) < Math.abs(best.day - due)) best = posting;
  const first = alike[0];
  const last = alike.at(-1);
  if (best === undefined || first === undefined || last === undefined) return undefined;
  const deviation = Math.abs(best.day - due);
  const rate = (alike.length - 1) / Math.max(last.day - first.day, rule.periodDays);
  return deviation <= rule.toleranceDays && rate * (2 * deviation + 1) <= chanceMax ? best : undefined;
};
