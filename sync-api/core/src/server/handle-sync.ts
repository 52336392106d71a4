import type { Refusal } from '../protocol/errors.ts';
import type { SpaceId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { SyncAnswer, SyncRequest } from '../protocol/messages.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { protocolVersion } from '../protocol/version.ts';
import { acceptPush } from './accept-push.ts';
import type { ChangeLog } from './ports.ts';
import { servePull } from './serve-pull.ts';

/**
 * One sync request: push, then pull. `space` comes from the verified token and nowhere else [S1]; `now` is the server's
 * clock in milliseconds since 1970.
 */
export const handleSync = async (
  log: ChangeLog,
  space: SpaceId,
  request: SyncRequest,
  now: number,
): Promise<Result<SyncAnswer, Refusal>> => {
  const refusal = refuse(space, request);
  if (refusal) return fail(refusal);
  const tailBefore = await log.tail(space);
  if (tailBefore?.entry.type === 'seal') return fail({ type: 'sealed', message: 'the account is deleted' });
  const epoch = tailBefore?.entry.epoch ?? 1;
  if (request.epoch !== epoch) return fail({ type: 'badRequest', message: `the log is in epoch ${epoch}` });
  const pushed = request.push
    ? await acceptPush(log, space, request.replica, request.push, tailBefore, now)
    : ok({ tail: tailBefore });
  if (!pushed.ok) return pushed;
  const { tail } = pushed.value;
  const known = tail?.vector[request.replica];
  return ok({
    epoch,
    head: tail?.entry.seq ?? 0,
    serverTime: now,
    acknowledged: known ? { last: known[0], hash: known[1] } : null,
    ...mutable(await servePull(log, space, request.replica, request.cursor, tail)),
    ...('refusal' in pushed.value && pushed.value.refusal ? { refusal: pushed.value.refusal } : {}),
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
