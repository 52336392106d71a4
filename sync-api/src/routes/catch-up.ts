import type { SpaceId } from '@fintrack/sync-core/protocol';
import { type ChangeLog, materialise, type RowStore, type SpaceStore } from '@fintrack/sync-core/server';

export type CatchUpDeps = {
  readonly log: ChangeLog;
  readonly spaces: SpaceStore;
  readonly store: RowStore;
  readonly remainingMs: () => number;
};

export type CaughtUp = {
  readonly applied: number;
  readonly rowsWritten: number;
  /** False: time ran out, or the log has a hole; the tables are right as far as `applied`, and the rest is still to do. */
  readonly isDone: boolean;
};

/** A run of the materialiser is not begun with less time than this. What is cut off is only done again. */
export const runTimeMs = 10_000;

/** Folds a space's log into the tables up to its end, as far as the time allows. At least one run is tried. */
export const catchUp = async ({ log, spaces, store, remainingMs }: CatchUpDeps, space: SpaceId): Promise<CaughtUp> => {
  let rowsWritten = 0;
  let applied = -1;
  for (;;) {
    const run = await materialise({ log, spaces }, store, space);
    rowsWritten += run.rowsWritten;
    const isStuck = run.applied === applied;
    applied = run.applied;
    if (!run.more) return { applied, rowsWritten, isDone: true };
    if (isStuck || remainingMs() < runTimeMs) return { applied, rowsWritten, isDone: false };
  }
};
