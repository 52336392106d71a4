import type { Posting } from '../posting.ts';
import type { PostingGroup } from '../posting-group.ts';
import { daysJudged, surpriseMin, type UnusualAmount } from './unusual-amount.ts';
import { type AmountJudgement, createAmountHistory } from './unusual-amount-history.ts';

/** Further back an amount was compared with nothing that still matters. */
const postingsMax = 1200;

type Judged = {
  readonly postings: readonly Posting[];
  readonly judgements: ReadonlyMap<Posting, AmountJudgement | undefined>;
};

/**
 * `unusualIn` of a category's newest postings up to the day, again and again: a posting that was judged is judged again
 * only where one was added or taken away before it. Cost after one entry of today: adding each posting to a history, and
 * the judgements of that day.
 */
export const rememberedUnusual = (): ((group: PostingGroup, asOfDay: number) => readonly UnusualAmount[]) => {
  const known = new WeakMap<PostingGroup, Judged>();
  return (group, asOfDay) => {
    const judged = judgeAgain(group.steadilyUpTo(asOfDay, postingsMax), asOfDay, known.get(group));
    known.set(group, judged);
    return unusualAmong(judged.judgements);
  };
};

/** `postings` in order, none after the day. */
const judgeAgain = (postings: readonly Posting[], asOfDay: number, before: Judged | undefined): Judged => {
  const same = before ? commonLength(before.postings, postings) : 0;
  const judgements = new Map<Posting, AmountJudgement | undefined>();
  const history = createAmountHistory();
  for (const [index, posting] of postings.entries()) {
    if (posting.day > asOfDay - daysJudged) {
      const isKnown = index < same && before?.judgements.has(posting);
      judgements.set(posting, isKnown ? before?.judgements.get(posting) : history.judge(posting));
    }
    history.add(posting);
  }
  return { postings, judgements };
};

const unusualAmong = (judgements: Judged['judgements']): readonly UnusualAmount[] =>
  [...judgements].flatMap(([posting, judgement]) =>
    judgement !== undefined && judgement.surprise >= surpriseMin ? [{ ...judgement, posting }] : [],
  );

/** How many postings both begin with. */
const commonLength = (a: readonly Posting[], b: readonly Posting[]): number => {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
};
