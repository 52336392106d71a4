import type { SpaceId } from '@fintrack/sync-core/protocol';
import type { ChangeLog, RowStore, SpaceStore } from '@fintrack/sync-core/server';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, ScheduledEvent } from 'aws-lambda';
import type { Logger } from './log.ts';
import { catchUp, runTimeMs } from './routes/catch-up.ts';
import { sweep, type SweepPort } from './routes/sweep.ts';

export type MaterialiseHandlerDeps = {
  readonly log: ChangeLog;
  readonly spaces: SpaceStore;
  readonly store: RowStore;
  readonly sweepPort: SweepPort;
  readonly logger: Logger;
};

/** As much of Lambda's context as is read; without one (a local poller gives none) there is all the time. */
export type RemainingTime = { getRemainingTimeInMillis(): number };

/**
 * Of a stream batch: every space in it is caught up. The answer names the records of those that were not, so that Lambda
 * delivers them again (the mapping must have ReportBatchItemFailures). Of a schedule's event: a sweep over all spaces.
 */
export const createMaterialiseHandler = (deps: MaterialiseHandlerDeps) => {
  const { log, spaces, store, sweepPort, logger } = deps;
  return async (
    event: DynamoDBStreamEvent | ScheduledEvent,
    context?: RemainingTime,
  ): Promise<DynamoDBBatchResponse> => {
    const remainingMs = (): number => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
    const isTimeLeft = (): boolean => remainingMs() > runTimeMs;
    const catchUpSpace = (space: SpaceId): Promise<boolean> =>
      catchUpAndTell({ log, spaces, store, remainingMs }, logger, space);

    if (!('Records' in event)) {
      const swept = await sweep(sweepPort, catchUpSpace, isTimeLeft);
      logger.info('sweep ended', swept);
      logger.count({ SpacesFailed: swept.failed });
      return { batchItemFailures: [] };
    }
    const failures: { itemIdentifier: string }[] = [];
    for (const [space, sequenceNumber] of firstRecords(event)) {
      if (isTimeLeft() && (await catchUpSpace(space))) continue;
      failures.push({ itemIdentifier: sequenceNumber });
    }
    logger.count({ SpacesFailed: failures.length });
    return { batchItemFailures: failures };
  };
};

/** Whether the space is caught up. A failure is told and left to the next delivery: it must not hold up other spaces. */
const catchUpAndTell = async (
  deps: Parameters<typeof catchUp>[0],
  logger: Logger,
  space: SpaceId,
): Promise<boolean> => {
  try {
    const { applied, rowsWritten, isDone } = await catchUp(deps, space);
    if (rowsWritten > 0 || !isDone)
      logger.info(isDone ? 'space caught up' : 'space lags', { space, applied, rowsWritten });
    logger.count({ RowsWritten: rowsWritten });
    return isDone;
  } catch (error) {
    logger.error('space failed', error, { space });
    return false;
  }
};

/** Each space of a batch with the sequence number of its first record: Lambda delivers again from the lowest one named. */
const firstRecords = (event: DynamoDBStreamEvent): ReadonlyMap<SpaceId, string> => {
  const first = new Map<SpaceId, string>();
  for (const { dynamodb } of event.Records) {
    const space = dynamodb?.Keys?.['space']?.S;
    const sequenceNumber = dynamodb?.SequenceNumber;
    if (space !== undefined && sequenceNumber !== undefined && !first.has(space)) first.set(space, sequenceNumber);
  }
  return first;
};
