import type { Refusal } from '../protocol/errors.ts';
import type { SpaceId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { SyncAnswer, SyncRequest } from '../protocol/messages.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import type { StoredEntry } from '../protocol/log-entry.ts';
import { protocolVersion, snapshotProtocol } from '../protocol/version.ts';
import { acceptPush } from './accept-push.ts';
import type { Feed } from './archive.ts';
import { servePull } from './serve-pull.ts';
import { type Standing, standingOf } from './serve-snapshot.ts';

/**
 * One sync request: push, then pull. `space` comes from the verified token and nowhere else [S1]; `now` is the server's
 * clock in milliseconds since 1970.
 */
export const handleSync = async (
  history: Feed,
  space: SpaceId,
  request: SyncRequest,
  now: number,
): Promise<Result<SyncAnswer, Refusal>> => {
  const refusal = refuse(space, request);
  if (refusal) return fail(refusal);
  const tailBefore = await history.log.tail(space);
  if (tailBefore?.entry.type === 'seal') return fail({ type: 'sealed', message: 'the account is deleted' });
  const epoch = tailBefore?.entry.epoch ?? 1;
  if (request.epoch > epoch) return fail({ type: 'badRequest', message: `the log is in epoch ${epoch}` });
  const standing = await standingOf(history, space, request, tailBefore);
  if (standing === 'unknownEpoch') return fail({ type: 'busy', message: 'the server is being restored' });
  if (standing.type === 'reset') return answerReset(standing, request, tailBefore, now);
  const pushed =
    request.push && !standing.isBehindEpoch
      ? await acceptPush(history, space, request.replica, request.push, tailBefore, now)
      : ok({ tail: tailBefore });
  if (!pushed.ok) return pushed;
  const { tail } = pushed.value;
  const known = tail?.vector[request.replica];
  return ok({
    epoch,
    head: tail?.entry.seq ?? 0,
    serverTime: now,
    acknowledged: known ? { last: known[0], hash: known[1] } : null,
    ...mutable(await servePull(history, space, request.replica, request.cursor, tail)),
    ...('refusal' in pushed.value && pushed.value.refusal ? { refusal: pushed.value.refusal } : {}),
    ...(standing.checkpoint ? { checkpoint: standing.checkpoint } : {}),
  });
};

/** [L2] Nothing is pushed beside a reset; what waits is sent when the device stands where the log does. */
const answerReset = (
  { reset, checkpoint }: Standing & { type: 'reset' },
  request: SyncRequest,
  tail: StoredEntry | undefined,
  now: number,
): Result<SyncAnswer, Refusal> => {
  if (request.protocol < snapshotProtocol) return fail({ type: 'upgrade', message: 'the ledger was restored' });
  const known = tail?.vector[request.replica];
  return ok({
    epoch: tail?.entry.epoch ?? 1,
    head: tail?.entry.seq ?? 0,
    serverTime: now,
    acknowledged: known ? { last: known[0], hash: known[1] } : null,
    entries: [],
    more: true,
    reset,
    ...(checkpoint ? { checkpoint } : {}),
  });
};

const mutable = (pull: Awaited<ReturnType<typeof servePull>>) => ({ entries: [...pull.entries], more: pull.more });

const refuse = (space: SpaceId, request: SyncRequest): Refusal | undefined => {
  if (request.space !== space) return { type: 'wrongSpace', message: 'the token belongs to another account' };
  if (request.protocol > protocolVersion) return { type: 'upgrade', message: 'the server is older than this app' };
  if ((request.push?.changes.length ?? 0) > limits.changesPerPushMax) {
    return {
      type: 'tooLarge',
      message: `at most ${limits.changesPerPushMax} changes at once`,
      limitBytes: limits.requestSizeBytesMax,
    };
  }
  return undefined;
};
