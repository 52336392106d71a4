import { adviceToBytes, createAdvisor } from '@fintrack/advisor-core';
import { realisticLedger } from '../../advisor-core/src/testing/realistic-ledger.ts';
import type { Bench } from '../harness/report.ts';
import { median } from '../harness/statistics.ts';

const asOf = '2026-11-20';
const entryCount = 10_000;
const warmRuns = 10;

/** CPU of all threads that the advice of a ledger takes in Node once its rows are read: a first time, and later. */
export const advisorLambdaBench: Bench = {
  measures: ['advisor-lambda'],
  run: async () => {
    const entries = realisticLedger({ seed: 1, entries: entryCount, lastDay: asOf });
    const advise = (): number => cpuMsOf(() => adviceToBytes(createAdvisor({ entries }).advise(asOf)));
    // Before anything else here has compiled it, as in a function that was just started.
    const coldCpuMs = advise();
    const warmCpuMs = median(Array.from({ length: warmRuns }, advise));
    return [
      { measure: 'advisor-lambda', judged: {}, seen: { entries: entryCount, coldCpuMs, warmCpuMs, targetCpuMs: 300 } },
    ];
  },
};

const cpuMsOf = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
