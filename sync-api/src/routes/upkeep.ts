import type { SpaceId } from '@fintrack/sync-core/protocol';
import {
  compact,
  type History,
  repairRows,
  type RowAudit,
  type RowStore,
  takeSnapshot,
} from '@fintrack/sync-core/server';

export type UpkeepDeps = {
  readonly history: History;
  readonly store: RowStore;
  readonly audit: RowAudit;
  readonly remainingMs: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

export type Kept = {
  /** Position of the snapshot that was taken. */
  readonly snapshotAt?: number;
  /** Rows that somebody else had written, and that were put right. */
  readonly rowsRepaired?: number;
  /** First position that is not archived, where more was archived now. */
  readonly floor?: number;
};

/** None of these is begun with less time; what is cut off is only done again. A ledger of 100,000 entries takes half of it. */
export const snapshotTimeMs = 60_000;
const repairTimeMs = 40_000;
const compactTimeMs = 20_000;

/** [L1] Takes a snapshot where one is due. Costs nothing below the first one's position, and one small read above it. */
export const keepSnapshots = async (deps: UpkeepDeps, space: SpaceId, applied: number): Promise<Kept> => {
  const { history, remainingMs } = deps;
  const due = applied - (applied % history.settings.entriesPerSnapshot);
  if (due === 0 || remainingMs() < snapshotTimeMs) return {};
  const { snapshots } = await history.spaces.facts(space);
  if ((snapshots[0]?.seq ?? 0) >= due) return {};
  const taken = await takeSnapshot(history, space);
  return taken ? { snapshotAt: taken.seq } : {};
};

/** [M3] Compares the tables with the log and mends what was written behind its back, after which their digest is known. */
export const keepRows = async (deps: UpkeepDeps, space: SpaceId): Promise<Kept> => {
  const { history, store, audit, remainingMs } = deps;
  if (remainingMs() < repairTimeMs) return {};
  return { rowsRepaired: await repairRows(history, store, audit, space) };
};

/** [L3] Archives what a snapshot covers. Costs a segment's reads while its entries are too young. */
export const keepArchives = async (deps: UpkeepDeps, space: SpaceId, applied: number): Promise<Kept> => {
  const { history, store, remainingMs, now } = deps;
  if (applied < history.settings.entriesPerSnapshot || remainingMs() < compactTimeMs) return {};
  const { floor, snapshots } = await history.spaces.facts(space);
  if (floor + history.settings.entriesPerSegment - 1 > (snapshots[0]?.seq ?? 0)) return {};
  const raised = await compact(history, store, space, now());
  return raised > floor ? { floor: raised } : {};
};
