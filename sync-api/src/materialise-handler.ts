import type { SpaceId } from '@fintrack/sync-core/protocol';
import { type History, repairRows, type RowAudit, type RowStore } from '@fintrack/sync-core/server';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import type { Logger, MetricName } from './log.ts';
import { type CaughtUp, catchUp, runTimeMs } from './routes/catch-up.ts';
import { beginDeletion, finishDeletions } from './routes/finish-deletions.ts';
import { keepArchives, keepRows, keepSnapshots, type Kept, type UpkeepDeps } from './routes/upkeep.ts';
import { sweep, type SweepPort } from './routes/sweep.ts';
import { StoreUnavailable } from './store-unavailable.ts';

export type MaterialiseHandlerDeps = {
  readonly history: History;
  readonly store: RowStore;
  readonly audit: RowAudit;
  readonly sweepPort: SweepPort;
  /** Removes what is kept of a person outside their ledger; may be repeated. */
  readonly removePerson: (space: SpaceId) => Promise<void>;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** As much of Lambda's context as is read; without one (a local poller gives none) there is all the time. */
export type RemainingTime = { getRemainingTimeInMillis(): number };

type Run = MaterialiseHandlerDeps & UpkeepDeps;

/**
 * Of a stream batch: every space in it is caught up. The answer names the records of those that were not, so that Lambda
 * delivers them again (the mapping must have ReportBatchItemFailures). Of a schedule's event: a sweep over all spaces.
 *
 * A space that is caught up gets a snapshot where one is due, and its rows are compared with the log then; in a sweep its old
 * entries are archived, and rows whose digest is unknown are compared. None of these holds up rows; what fails is tried again
 * by a later run.
 */
export const createMaterialiseHandler =
  (deps: MaterialiseHandlerDeps) =>
  async (event: DynamoDBStreamEvent | ScheduledEvent, context?: RemainingTime): Promise<DynamoDBBatchResponse> => {
    const remainingMs = (): number => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
    const run: Run = { ...deps, remainingMs };
    if (!('Records' in event)) {
      await sweepAll(run);
      return { batchItemFailures: [] };
    }
    const failures: { itemIdentifier: string }[] = [];
    for (const [space, sequenceNumber] of firstRecords(event)) {
      if (isTimeLeft(run) && (await catchUpAndTell(run, space, false))) continue;
      failures.push({ itemIdentifier: sequenceNumber });
    }
    deps.logger.count({ SpacesFailed: failures.length });
    return { batchItemFailures: failures };
  };

const isTimeLeft = ({ remainingMs }: Run): boolean => remainingMs() > runTimeMs;

/** Deletions first: they are few, and somebody was promised them. */
const sweepAll = async (run: Run): Promise<void> => {
  const { logger, sweepPort } = run;
  const { finished, failed, overdue } = await finishDeletions(
    run,
    () => isTimeLeft(run),
    (error, space) => logger.error('deletion failed', error, { space }),
  );
  if (finished > 0) logger.info('deletions finished', { spaces: finished, failed });
  logger.count({ DeletionsOverdue: overdue });
  const swept = await sweep(
    sweepPort,
    (space) => catchUpAndTell(run, space, true),
    () => isTimeLeft(run),
  );
  logger.info('sweep ended', swept);
  logger.count({ SpacesFailed: swept.failed });
};

/** Whether the space is caught up. A failure is told and left to the next delivery: it must not hold up other spaces. */
const catchUpAndTell = async (run: Run, space: SpaceId, isSweep: boolean): Promise<boolean> => {
  const { logger } = run;
  try {
    const caughtUp = await catchUp(run, space);
    const { applied, rowsWritten, isDone, isSealed } = caughtUp;
    if (rowsWritten > 0 || !isDone)
      logger.info(isDone ? 'space caught up' : 'space lags', { space, applied, rowsWritten });
    logger.count({ RowsWritten: rowsWritten });
    if (isSealed && !isSweep) await beginDeletion(run, space);
    else if (!isSealed && isDone) await keepUp(run, space, caughtUp, isSweep);
    return isDone;
  } catch (error) {
    logger.error('space failed', error, { space });
    if (isSweep && !(error instanceof StoreUnavailable)) await mendRows(run, space);
    return false;
  }
};

/** What keeps a space from being folded may be a row that cannot be read; the next run goes on from it once it is mended. */
const mendRows = async ({ history, store, audit, logger }: Run, space: SpaceId): Promise<void> => {
  try {
    logger.count({ RowsRepaired: await repairRows(history, store, audit, space) });
  } catch (error) {
    logger.error('upkeep failed', error, { space });
  }
};

const keepUp = async (
  run: Run,
  space: SpaceId,
  { applied, isDigestUnknown }: CaughtUp,
  isSweep: boolean,
): Promise<void> => {
  const { logger } = run;
  const attempt = async (metric: MetricName, keep: () => Promise<Kept>): Promise<Kept> => {
    try {
      const kept = await keep();
      if (Object.keys(kept).length > 0) logger.info('space kept up', { space, ...kept });
      logger.count({ RowsRepaired: kept.rowsRepaired ?? 0 });
      return kept;
    } catch (error) {
      logger.error('upkeep failed', error, { space });
      logger.count({ [metric]: 1 });
      return {};
    }
  };
  const { snapshotAt } = await attempt('SnapshotsFailed', () => keepSnapshots(run, space, applied));
  const isToCompare = snapshotAt !== undefined || (isSweep && isDigestUnknown);
  if (isToCompare) await attempt('ComparisonsFailed', () => keepRows(run, space));
  if (isSweep) await attempt('CompactionsFailed', () => keepArchives(run, space, applied));
};

/** Each space of a batch with the sequence number of its first record: Lambda delivers again from the lowest one named. */
const firstRecords = (event: DynamoDBStreamEvent): ReadonlyMap<SpaceId, string> => {
  const first = new Map<SpaceId, string>();
  for (const { eventName, dynamodb } of event.Records) {
    const space = dynamodb?.Keys?.['space']?.S;
    const sequenceNumber = dynamodb?.SequenceNumber;
    // What compaction and deletion remove is in the stream as well, and there is nothing to fold of it.
    if (eventName === 'REMOVE' || space === undefined || sequenceNumber === undefined) continue;
    if (!first.has(space)) first.set(space, sequenceNumber);
  }
  return first;
};
