import { adviceToBytes, type Advisor, createAdvisor, type Entry, type EntryChange } from '@fintrack/advisor-core';
import { dateToDayNumber, dayNumberToDate } from '@fintrack/sync-core/protocol';
import {
  type CategoryExample,
  type CategoryLearner,
  createCategoryLearner,
  learnInSlices,
} from '../../advisor-core/src/patterns/category-suggestion.ts';
import { realisticLedger } from '../../advisor-core/src/testing/realistic-ledger.ts';

const asOf = '2026-11-20';
const ledgers = new Map<number, readonly Entry[]>();
let kept: Advisor | undefined;
let learner: CategoryLearner | undefined;

const ledgerOf = (count: number): readonly Entry[] => {
  const entries = ledgers.get(count) ?? realisticLedger({ seed: 1, entries: count, lastDay: asOf });
  ledgers.set(count, entries);
  return entries;
};

const millisecondsOf = (work: () => void): number => {
  const startedAtMs = performance.now();
  work();
  return performance.now() - startedAtMs;
};

/** Entries as somebody adds them: at places where they were before, today or, every fourth, some time ago. */
const additionsTo = (entries: readonly Entry[], count: number): readonly Entry[] =>
  Array.from({ length: count }, (_, index) => {
    const like = entries[(index * 7919) % entries.length];
    if (!like) throw new Error('there are no entries');
    const date = index % 4 === 3 ? dayNumberToDate(dateToDayNumber(asOf) - ((index * 31) % 400)) : asOf;
    return { ...like, id: `added-${index}`, date };
  });

const examplesIn = (entries: readonly Entry[]): readonly CategoryExample[] =>
  entries.flatMap(({ id, date, amountMinor, title, categoryId }) =>
    categoryId === null ? [] : [{ id, day: dateToDayNumber(date), amountMinor, title, categoryId }],
  );

const advisorWorker = {
  /** Milliseconds of each of so many times that an advisor is made of as many entries and asked for its advice. */
  fullAdvice(count: number, times: number): readonly number[] {
    const entries = ledgerOf(count);
    return Array.from({ length: times }, () =>
      millisecondsOf(() => adviceToBytes(createAdvisor({ entries }).advise(asOf))),
    );
  },

  /** Keeps an advisor of so many entries, and no other. */
  keep(count: number): void {
    kept = undefined;
    ledgers.clear();
    kept = createAdvisor({ entries: ledgerOf(count) });
    ledgers.clear();
    kept.advise(asOf);
  },

  /** Milliseconds from each of so many new entries to the advice that counts it. Each is gone before the next comes. */
  addEach(like: number, count: number): readonly number[] {
    const advisor = kept;
    if (!advisor) throw new Error('no advisor is kept');
    const adviseAfter = (change: EntryChange): void => {
      advisor.apply(change);
      adviceToBytes(advisor.advise(asOf));
    };
    return additionsTo(ledgerOf(like), count).map((entry) => {
      const taken = millisecondsOf(() => adviseAfter({ after: entry }));
      adviseAfter({ before: entry });
      return taken;
    });
  },

  /** Milliseconds of each slice in which the categories of so many entries are learned. */
  learnCategories(count: number): readonly number[] {
    learner = createCategoryLearner();
    const slices = learnInSlices(learner, examplesIn(ledgerOf(count)));
    const taken: number[] = [];
    for (let isDone: boolean | undefined = false; !isDone; )
      taken.push(millisecondsOf(() => (isDone = slices.next().done)));
    return taken;
  },

  /** Milliseconds of each of so many suggestions, for titles typed in part. */
  suggestEach(like: number, count: number): readonly number[] {
    const entries = ledgerOf(like);
    return Array.from({ length: count }, (_, index) => {
      const { title = '', amountMinor = 0 } = entries[(index * 7919) % entries.length] ?? {};
      const typed = title.slice(0, 1 + (index % title.length));
      return millisecondsOf(() => learner?.predict({ title: typed, amountMinor }));
    });
  },
};

export type AdvisorWorker = typeof advisorWorker;

type Call = { readonly name: keyof AdvisorWorker; readonly args: readonly number[] };

self.onmessage = ({ data: { name, args } }: MessageEvent<Call>) => {
  const work = advisorWorker[name] as (...args: readonly number[]) => unknown;
  self.postMessage(work(...args));
};
