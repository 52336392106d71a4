import {
  canonicalJson,
  fail,
  type Json,
  ok,
  type ParseError,
  parseSyncRequest,
  type Refusal,
  refusals,
  type RefusalType,
  type SyncAnswer,
} from '@fintrack/sync-core/protocol';
import { type ChangeLog, handleSync, type History } from '@fintrack/sync-core/server';
import type { RouteResult, User } from './answer.ts';

/** What one request did to the log, for the metrics. */
export type SyncCounts = {
  /** Changes appended and those of them that were flagged; 0 for a push the log had already. */
  readonly changesAccepted: number;
  readonly changesRejected: number;
  readonly entriesServed: number;
};

export type SyncDeps = {
  readonly history: History;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly count: (counts: SyncCounts) => void;
};

/** `POST /v1/sync`: push and pull. `body` is the text of a sync request. */
export const createSyncRoute =
  ({ history, now, count }: SyncDeps) =>
  async (user: User, body: string): Promise<RouteResult> => {
    const request = parseSyncRequest(body);
    if (!request.ok) return fail({ type: 'badRequest', message: sentenceOf(request.error) });
    const counting = countAppends(history.log);
    const answer = await handleSync({ ...history, log: counting.log }, user.space, request.value, now());
    count({ ...counting.counts(), entriesServed: answer.ok ? answer.value.entries.length : 0 });
    if (!answer.ok) return answer;
    const refusal = refusalOf(answer.value);
    // Every member came from JSON or is a number of ours.
    return ok({ body: canonicalJson(answer.value as Json), ...(refusal && { refusal }) });
  };

const sentenceOf = (error: ParseError): string =>
  error.type === 'notJson'
    ? 'The body is not JSON.'
    : `The request was not understood at "${error.path.slice(0, 100)}": ${error.why}.`;

const refusalOf = ({ refusal }: SyncAnswer): Pick<Refusal, 'type' | 'delayMs'> | undefined =>
  refusal && Object.hasOwn(refusals, refusal.type)
    ? { type: refusal.type as RefusalType, ...(refusal.delayMs !== undefined && { delayMs: refusal.delayMs }) }
    : undefined;

/** The same log, noting what is appended to it. */
const countAppends = (log: ChangeLog) => {
  let changesAccepted = 0;
  let changesRejected = 0;
  const observed: ChangeLog = {
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
