import { parentPort, workerData } from 'node:worker_threads';
import { runWorld, type WorldReport } from './simulation.ts';

/** Runs every world of its share, and posts each report as it comes. */
export type Share = {
  readonly firstSeed: number;
  readonly worlds: number;
  /** This worker takes the seeds with this remainder. */
  readonly index: number;
  readonly of: number;
  readonly stopAtFailure: boolean;
};

const isShare = (data: unknown): data is Share => typeof data === 'object' && data !== null && 'firstSeed' in data;

const runShare = async ({ firstSeed, worlds, index, of, stopAtFailure }: Share): Promise<void> => {
  for (let n = index; n < worlds; n += of) {
    const report: WorldReport = await runWorld(firstSeed + n);
    parentPort?.postMessage(report.failure ? report : { ...report, events: [] });
    if (report.failure && stopAtFailure) return;
  }
};

if (parentPort && isShare(workerData)) await runShare(workerData);

export { runWorld };
export { shrink } from './sim-shrink.ts';
