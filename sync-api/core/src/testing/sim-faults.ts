import type { StoredEntry } from '../protocol/log-entry.ts';
import type { ChangeLog, RowStore } from '../server/ports.ts';
import type { Random } from './random.ts';
import type { Scheduler, Task } from './scheduler.ts';

/** Every kind of fault a world can strike with. */
export const faultKinds = [
  'dropRequest',
  'dropAnswer',
  'duplicate',
  'reorder',
  'crashDevice',
  'killServer',
  'ambiguousWrite',
  'lateWrite',
  'throttle',
  'staleRead',
  'hole',
  'clockSkew',
  'poison',
  'restoredProfile',
] as const;
export type FaultKind = (typeof faultKinds)[number];
export type FaultCounts = Record<FaultKind, number>;

export const noFaults = (): FaultCounts => Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as FaultCounts;

/** Draws faults from the seed and counts those that struck; strikes none once the world is calm. */
export type Faults = {
  readonly counts: FaultCounts;
  isCalm: boolean;
  strikes(kind: FaultKind, probability: number): boolean;
};

export const createFaults = (random: Random): Faults => {
  const faults: Faults = {
    counts: noFaults(),
    isCalm: false,
    strikes: (kind, probability) => {
      if (faults.isCalm || !random.chance(probability)) return false;
      faults.counts[kind] += 1;
      return true;
    },
  };
  return faults;
};

type Setting = { readonly scheduler: Scheduler; readonly random: Random; readonly faults: Faults };

/** The log as one server process meets it: slow, sometimes stale, throttled, or silent about what it wrote. */
export const faultyLog = (log: ChangeLog, task: Task, setting: Setting): ChangeLog => {
  const { scheduler, random, faults } = setting;
  const pause = () => scheduler.pause(task);
  return {
    tail: async (space) => {
      await pause();
      return log.tail(space);
    },
    at: async (space, seq) => {
      await pause();
      return log.at(space, seq);
    },
    after: async (space, seq, bounds) => {
      await pause();
      const run = await log.after(space, seq, faults.isCalm ? bounds : { ...bounds, entriesMax: random.between(1, 6) });
      if (bounds.isConsistent) return run;
      if (run.length > 0 && faults.strikes('staleRead', 0.2)) return run.slice(0, random.between(0, run.length - 1));
      if (run.length > 1 && faults.strikes('hole', 0.05)) return without(run, random.between(0, run.length - 2));
      return run;
    },
    append: async (space, entry, vector) => {
      await pause();
      if (faults.strikes('throttle', 0.02)) return { type: 'throttled', delayMs: 10 };
      if (faults.strikes('ambiguousWrite', 0.03)) {
        if (random.chance(0.5)) await log.append(space, entry, vector);
        return { type: 'unknown' };
      }
      if (faults.strikes('lateWrite', 0.02)) {
        // The function gives up waiting; its write is still on the way and lands, or finds the place taken.
        void scheduler.pause({ isKilled: false }).then(() => log.append(space, entry, vector));
        return { type: 'unknown' };
      }
      return log.append(space, entry, vector);
    },
  };
};

const without = (run: readonly StoredEntry[], index: number): readonly StoredEntry[] =>
  run.filter((_, i) => i !== index);

/** The tables as one materialiser process meets them: it may be killed before any call. */
export const pausedRows = (rows: RowStore, task: Task, scheduler: Scheduler): RowStore => ({
  applied: async (space) => {
    await scheduler.pause(task);
    return rows.applied(space);
  },
  rows: async (space, keys) => {
    await scheduler.pause(task);
    return rows.rows(space, keys);
  },
  putRow: async (space, row, expectedSeq) => {
    await scheduler.pause(task);
    return rows.putRow(space, row, expectedSeq);
  },
  advance: async (space, seq) => {
    await scheduler.pause(task);
    return rows.advance(space, seq);
  },
});
