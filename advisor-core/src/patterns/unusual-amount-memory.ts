import type { Posting } from '../posting.ts';
import type { PostingGroup } from '../posting-group.ts';
import { remembered } from '../remembered.ts';
import { daysJudged, surpriseMin, type UnusualAmount } from './unusual-amount.ts';
import { type AmountHistory, type AmountJudgement, createAmountHistory } from './unusual-amount-history.ts';

/** Further back an amount was compared with nothing that still matters. */
const postingsMax = 1200;

/** Of the last `daysJudged` days, in order. */
type Judgements = ReadonlyMap<Posting, AmountJudgement | undefined>;

type Judged = {
  readonly postings: readonly Posting[];
  readonly asOfDay: number;
  readonly judgements: Judgements;
  /** All of `postings`. */
  readonly history: AmountHistory;
};

/**
 * The postings of a category's last `daysJudged` days up to the day whose amounts stand out, by day and id; the category
 * is of one currency. Candidates only: `pickAlerts` chooses what is told. Nothing is done again for a group and a day that
 * did not change.
 */
export const rememberedUnusual = (): ((group: PostingGroup, asOfDay: number) => readonly UnusualAmount[]) => {
  const judgementsOf = rememberedJudgements();
  return remembered((group: PostingGroup, asOfDay) => unusualAmong(judgementsOf(group, asOfDay)));
};

/**
 * The judgement of each posting of the last `daysJudged` days up to the day, again and again. Each is judged by what is
 * dated before it, and on its own day before it by id, so that no outlier is part of its own baseline; method in
 * `createAmountHistory`. A posting that was judged is judged again only where one was added or taken away before it.
 * Cost: where postings came after all others, their own judgements; otherwise n log n of the newest postings too.
 */
export const rememberedJudgements = (): ((group: PostingGroup, asOfDay: number) => Judgements) => {
  const known = new WeakMap<PostingGroup, Judged>();
  return (group, asOfDay) => {
    const judged = judgeAgain(group.steadilyUpTo(asOfDay, postingsMax), asOfDay, known.get(group));
    known.set(group, judged);
    return judged.judgements;
  };
};

/** `postings` in order, none after the day. Goes on with the history of `before` where it can, which has then ended. */
const judgeAgain = (postings: readonly Posting[], asOfDay: number, before: Judged | undefined): Judged => {
  const same = before ? commonLength(before.postings, postings) : 0;
  // Of an earlier day, some were too old to be judged then that must be now.
  const goesOn = before !== undefined && same === before.postings.length && asOfDay >= before.asOfDay;
  const history = goesOn ? before.history : createAmountHistory();
  const judgements = new Map<Posting, AmountJudgement | undefined>();
  for (const [index, posting] of postings.entries()) {
    if (posting.day > asOfDay - daysJudged) {
      const isKnown = index < same && before?.judgements.has(posting);
      judgements.set(posting, isKnown ? before?.judgements.get(posting) : history.judge(posting));
    }
    if (!goesOn || index >= same) history.add(posting);
  }
  return { postings, asOfDay, judgements, history };
};

const unusualAmong = (judgements: Judgements): readonly UnusualAmount[] =>
  [...judgements].flatMap(([posting, judgement]) =>
    judgement !== undefined && judgement.surprise >= surpriseMin ? [{ ...judgement, posting }] : [],
  );

/** How many postings both begin with. */
const commonLength = (a: readonly Posting[], b: readonly Posting[]): number => {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
};
