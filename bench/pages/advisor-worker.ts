import { adviceToBytes, type Advisor, createAdvisor, type Entry } from '@fintrack/advisor-core';
import { dateToDayNumber, dayNumberToDate } from '@fintrack/sync-core/protocol';
import { realisticLedger } from '../../advisor-core/src/testing/realistic-ledger.ts';

const asOf = '2026-11-20';
const ledgers = new Map<number, readonly Entry[]>();
let kept: Advisor | undefined;

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

  /** Milliseconds from each of so many new entries to the advice that counts it. */
  addEach(like: number, count: number): readonly number[] {
    const advisor = kept;
    if (!advisor) throw new Error('no advisor is kept');
    return additionsTo(ledgerOf(like), count).map((after) =>
      millisecondsOf(() => {
        advisor.apply({ after });
        adviceToBytes(advisor.advise(asOf));
      }),
    );
  },
};

export type AdvisorWorker = typeof advisorWorker;

type Call = { readonly name: keyof AdvisorWorker; readonly args: readonly number[] };

self.onmessage = ({ data: { name, args } }: MessageEvent<Call>) => {
  const work = advisorWorker[name] as (...args: readonly number[]) => unknown;
  self.postMessage(work(...args));
};
