import { runWorld, type WorldReport } from './simulation.ts';

/** A short story of one failure: the acts and faults that are enough for it. */
export type Shrunk = { readonly events: readonly string[]; readonly failure: string; readonly runs: number };

/** The kind of a failure, without names, numbers and values. */
const kindOf = (failure: string | undefined): string | undefined =>
  failure
    ?.split('\n')[0]
    ?.split(/[{:]/)[0]
    ?.replace(/[0-9a-f]*\d[0-9a-f]*/g, '#');

/**
 * Leaves out acts and faults of a failed world, in ever smaller groups, as long as a failure of the same kind is left.
 * At most `runsMax` worlds are run.
 */
export const shrink = async (report: WorldReport, runsMax: number): Promise<Shrunk> => {
  const kind = kindOf(report.failure);
  let events = report.events;
  let failure = report.failure ?? '';
  let runs = 0;
  const stillFails = async (kept: readonly string[]): Promise<boolean> => {
    runs += 1;
    const again = await runWorld(report.seed, { only: new Set(kept) });
    if (!again.failure || kindOf(again.failure) !== kind) return false;
    failure = again.failure;
    return true;
  };
  if (!(await stillFails(events))) return { events, failure, runs };
  for (
    let size = Math.ceil(events.length / 2);
    size >= 1 && runs < runsMax;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let start = 0; start < events.length && runs < runsMax; ) {
      const fewer = [...events.slice(0, start), ...events.slice(start + size)];
      if (await stillFails(fewer)) events = fewer;
      else start += size;
    }
  }
  return { events, failure, runs };
};
