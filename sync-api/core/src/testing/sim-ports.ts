import type { StoredEntry } from '../protocol/log-entry.ts';
import type { Applied, ChangeLog, RowStore } from '../server/ports.ts';
import type { Task } from './scheduler.ts';
import type { Setting } from './sim-setting.ts';

/** One short-lived process of a world's server. */
export type SimProcess = {
  readonly setting: Setting;
  readonly task: Task;
  /** Everything that a restore must stop; what a process leaves behind on its way joins it. */
  readonly running: Set<Task>;
};

export type RowsTold = {
  /** Called with every row that was written. */
  readonly onRow: (row: Parameters<RowStore['putRow']>[1]) => void;
  /** Called whenever the tables are said to be folded further. */
  readonly onApplied: (applied: Applied) => void;
};

/** The log as one process meets it: slow, sometimes stale, throttled, or silent about what it wrote. */
export const faultyLog = (log: ChangeLog, process: SimProcess, functionTimeoutMs: number): ChangeLog => {
  const { task, running, setting } = process;
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
    remove: async (space, first, last) => {
      await pause();
      return log.remove(space, first, last);
    },
    after: async (space, seq, bounds) => {
      await pause();
      const few = faults.isCalm || random.chance(0.5) ? bounds.entriesMax : random.between(1, 6);
      const entriesMax = Math.min(few, bounds.entriesMax);
      const run = await log.after(space, seq, { ...bounds, entriesMax });
      if (bounds.isConsistent) return run;
      if (run.length > 0 && faults.strikes('staleRead', 0.1)) return run.slice(0, random.between(0, run.length - 1));
      if (run.length > 1 && faults.strikes('hole', 0.1)) return without(run, random.between(0, run.length - 2));
      return run;
    },
    append: async (space, entry, vector) => {
      await pause();
      if (faults.strikes('throttle', 0.02)) return { type: 'throttled', delayMs: random.pick([10, 3000]) };
      if (entry.type === 'changes' && entry.changes.length > 1 && faults.strikes('tooLarge', 0.05))
        return { type: 'tooLarge', limitBytes: 1 };
      if (faults.strikes('ambiguousWrite', 0.03)) {
        if (random.chance(0.5)) await log.append(space, entry, vector);
        return { type: 'unknown' };
      }
      if (faults.strikes('lateWrite', 0.03)) {
        // The function gives up waiting; its write is still on the way and lands, or finds the place taken.
        const onTheWay: Task = { isKilled: false };
        running.add(onTheWay);
        const delayMs = random.pick([1, 50, 2 * functionTimeoutMs]);
        scheduler.sleep(onTheWay, delayMs).then(
          () => log.append(space, entry, vector),
          () => undefined,
        );
        return { type: 'unknown' };
      }
      return log.append(space, entry, vector);
    },
  };
};

/** The tables as one materialiser process meets them: it may be killed before any call. */
export const pausedRows = (rows: RowStore, { task, setting }: SimProcess, told: RowsTold): RowStore => {
  const pause = () => setting.scheduler.pause(task);
  return {
    ...paused<RowStore>(rows, pause),
    putRow: async (space, row, expectedSeq) => {
      await pause();
      const isWritten = await rows.putRow(space, row, expectedSeq);
      if (isWritten) told.onRow(row);
      return isWritten;
    },
    advance: async (space, from, to) => {
      await pause();
      const isMoved = await rows.advance(space, from, to);
      if (isMoved) told.onApplied(to);
      return isMoved;
    },
  };
};

/** Every call of a port waits for the world first. */
export const paused = <Port extends object>(port: Port, pause: () => Promise<void>): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: readonly unknown[]): Promise<unknown> => {
        await pause();
        return Reflect.apply(method, target, args);
      };
    },
  });

const without = (run: readonly StoredEntry[], index: number): readonly StoredEntry[] =>
  run.filter((_, i) => i !== index);
