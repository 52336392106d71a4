import {
  canonicalJson,
  fail,
  type Json,
  ok,
  parseSyncRequest,
  type Refusal,
  refusals,
  type RefusalType,
  type SyncAnswer,
} from '@fintrack/sync-core/protocol';
import { type Feed, type FeedLog, handleSync } from '@fintrack/sync-core/server';
import type { RouteResult, User } from './answer.ts';
import { parseRefusal } from './parse-refusal.ts';

/** What one request did to the log, for the metrics. */
export type SyncCounts = {
  /** Changes appended and those of them that were flagged; 0 for a push the log had already. */
  readonly changesAccepted: number;
  readonly changesRejected: number;
  readonly entriesServed: number;
  /** 1 if the device's rows were not the log's [L5]. */
  readonly digestsDiffering: number;
};

export type SyncDeps = {
  readonly history: Feed;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly count: (counts: SyncCounts, user: User) => void;
};

/** `POST /v1/sync`: push and pull. `body` is the text of a sync request. */
export const createSyncRoute =
  ({ history, now, count }: SyncDeps) =>
  async (user: User, body: string): Promise<RouteResult> => {
    const request = parseSyncRequest(body);
    if (!request.ok) return fail(parseRefusal(request.error));
    const counting = countAppends(history.log);
    const answer = await handleSync({ ...history, log: counting.log }, user.space, request.value, now());
    const counts: SyncCounts = {
      ...counting.counts(),
      entriesServed: answer.ok ? answer.value.entries.length : 0,
      digestsDiffering: answer.ok && answer.value.checkpoint === 'differs' ? 1 : 0,
    };
    count(counts, user);
    if (!answer.ok) return answer;
    const refusal = refusalOf(answer.value);
    // Every member came from JSON or is a number of ours.
    return ok({ body: canonicalJson(answer.value as Json), ...(refusal && { refusal }) });
  };

const refusalOf = ({ refusal }: SyncAnswer): Pick<Refusal, 'type' | 'delayMs'> | undefined =>
  refusal && Object.hasOwn(refusals, refusal.type)
    ? { type: refusal.type as RefusalType, ...(refusal.delayMs !== undefined && { delayMs: refusal.delayMs }) }
    : undefined;

/** The same log, noting what is appended to it. */
const countAppends = (log: FeedLog) => {
  let changesAccepted = 0;
  let changesRejected = 0;
  const observed: FeedLog = {
    ...log,
    async append(space, entry, vector) {
      const appended = await log.append(space, entry, vector);
      if (appended.type === 'appended' && entry.type === 'changes') {
        changesAccepted += entry.changes.length;
        changesRejected += entry.rejected.length;
      }
      return appended;
    },
  };
  return { log: observed, counts: () => ({ changesAccepted, changesRejected }) };
};
