import type { SpaceId } from '@fintrack/sync-core/protocol';
import { materialise, type ReadableHistory, type RowStore } from '@fintrack/sync-core/server';

export type CatchUpDeps = {
  readonly history: Pick<ReadableHistory, 'log' | 'spaces'>;
  readonly store: RowStore;
  readonly remainingMs: () => number;
};

export type CaughtUp = {
  readonly applied: number;
  readonly rowsWritten: number;
  /** False: time ran out, or the log has a hole; the tables are right as far as `applied`, and the rest is still to do. */
  readonly isDone: boolean;
  /** The account is being deleted: nothing of it is folded any more. */
  readonly isSealed: boolean;
  /** [M1] Readers cannot tell whether an index shows all rows, until the tables were compared with the log. */
  readonly isDigestUnknown: boolean;
};

/** A run of the materialiser is not begun with less time than this. What is cut off is only done again. */
export const runTimeMs = 10_000;

/** Folds a space's log into the tables up to its end, as far as the time allows. At least one run is tried. */
export const catchUp = async ({ history, store, remainingMs }: CatchUpDeps, space: SpaceId): Promise<CaughtUp> => {
  let rowsWritten = 0;
  let applied = -1;
  for (;;) {
    const run = await materialise(history, store, space);
    rowsWritten += run.rowsWritten;
    const isStuck = run.applied === applied;
    applied = run.applied;
    const isSealed = run.isSealed === true;
    const isDigestUnknown = run.isDigestUnknown === true;
    if (!run.more) return { applied, rowsWritten, isDone: true, isSealed, isDigestUnknown };
    if (isStuck || remainingMs() < runTimeMs) {
      return { applied, rowsWritten, isDone: false, isSealed, isDigestUnknown };
    }
  }
};
