import { chainHash, chainStart, changeSizeBytes, checkChange } from '../protocol/change.ts';
import type { Refusal } from '../protocol/errors.ts';
import type { ReplicaId, SpaceId } from '../protocol/ids.ts';
import type { Json } from '../protocol/json.ts';
import { limits } from '../protocol/limits.ts';
import type { ChangesEntry, Rejection, ReplicaMark, StateVector, StoredEntry } from '../protocol/log-entry.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import type { FeedLog, FeedSpaces } from './ports.ts';

export type Push = { readonly first: number; readonly previous: string; readonly changes: readonly Json[] };

/** A push as judged against what the log has of its replica. */
export type PushVerdict =
  | { readonly type: 'append'; readonly skip: number }
  | { readonly type: 'done' }
  | { readonly type: 'gap' | 'fork' | 'stale' };

/** [S2] `hashes[i]` is the chain hash after the push's change `i`. */
export const judgePush = (
  [last, hash]: readonly [last: number, hash: string, seq?: number],
  push: Push,
  hashes: readonly string[],
): PushVerdict => {
  const pushLast = push.first + push.changes.length - 1;
  if (push.first > last + 1) return { type: 'gap' };
  if (push.first === last + 1) return push.previous === hash ? { type: 'append', skip: 0 } : { type: 'fork' };
  if (pushLast < last) return { type: 'stale' };
  if (hashes[last - push.first] !== hash) return { type: 'fork' };
  return pushLast === last ? { type: 'done' } : { type: 'append', skip: last - push.first + 1 };
};

export type PushOutcome = {
  /** The log's last entry as far as this push knows. */
  readonly tail: StoredEntry | undefined;
  /** Fork, gap or stale: the pull beside it still holds. */
  readonly refusal?: Refusal;
};

/**
 * [S2] to [S4]: appends a push behind the tail, as one entry, or finds that the log has it already.
 *
 * Racing pushes and ambiguous writes are settled by what stands at the position: an entry with this push's replica,
 * last number and hash is this push.
 */
export const acceptPush = async (
  { log, spaces }: { readonly log: FeedLog; readonly spaces: FeedSpaces },
  space: SpaceId,
  replica: ReplicaId,
  push: Push,
  tailBefore: StoredEntry | undefined,
  receivedAt: number,
): Promise<Result<PushOutcome, Refusal>> => {
  const hashes = hashesOf(push);
  let tail = tailBefore;
  for (let tries = 0; tries < limits.appendTriesMax; tries++) {
    if (tail?.entry.type === 'seal') return fail({ type: 'sealed', message: 'the account is deleted' });
    const known = await markOf(spaces, space, replica, tail);
    const verdict = judgePush(known ?? [0, chainStart], push, hashes);
    if (verdict.type === 'done') return ok({ tail });
    if (verdict.type !== 'append') return ok({ tail, refusal: pullFirst(verdict.type, tail) });
    const next = entryBehind(tail, replica, push, hashes, verdict.skip, receivedAt);
    await retireLeft(spaces, space, tail?.vector ?? {}, next.vector);
    const written = await append(log, space, next);
    if (written.type === 'appended') return ok({ tail: next });
    if (written.type === 'throttled')
      return fail({ type: 'throttled', message: 'the log is throttled', delayMs: written.delayMs });
    if (written.type === 'tooLarge') {
      return fail({ type: 'tooLarge', message: 'send fewer changes at once', limitBytes: written.limitBytes });
    }
    if (written.type === 'occupied') {
      if (isSameBatch(written.by, next)) return ok({ tail: written.by });
      tail = written.by.entry.seq > (tail?.entry.seq ?? 0) ? written.by : await log.tail(space);
    }
  }
  return fail({ type: 'busy', message: 'too many writers at once', delayMs: 500 });
};

/** [S6] What the log has of a replica: its vector says, or for one that left it, the archive of marks. */
export const markOf = async (
  spaces: FeedSpaces,
  space: SpaceId,
  replica: ReplicaId,
  tail: StoredEntry | undefined,
): Promise<ReplicaMark | undefined> => tail && (tail.vector[replica] ?? (await spaces.retired(space, replica)));

/** [S6] Marks go to the archive before the entry that drops them is written. */
const retireLeft = async (
  spaces: FeedSpaces,
  space: SpaceId,
  before: StateVector,
  after: StateVector,
): Promise<void> => {
  for (const [replica, mark] of Object.entries(before)) {
    if (!after[replica]) await spaces.retire(space, replica, mark);
  }
};

/** [S6] A full vector loses the replica that was silent longest. */
const withMark = (vector: StateVector, replica: ReplicaId, mark: ReplicaMark): StateVector => {
  const next = { ...vector, [replica]: mark };
  const silent = Object.entries(next).sort(([, a], [, b]) => a[2] - b[2]);
  for (const [left] of silent.slice(0, Math.max(0, silent.length - limits.vectorReplicasMax))) delete next[left];
  return next;
};

const hashesOf = (push: Push): readonly string[] => {
  let hash = push.previous;
  return push.changes.map((change) => (hash = chainHash(hash, change)));
};

const pullFirst = (type: 'gap' | 'fork' | 'stale', tail: StoredEntry | undefined): Refusal => ({
  type,
  message: 'pull up to head before pushing again',
  head: tail?.entry.seq ?? 0,
});

const entryBehind = (
  tail: StoredEntry | undefined,
  replica: ReplicaId,
  push: Push,
  hashes: readonly string[],
  skip: number,
  receivedAt: number,
): StoredEntry & { readonly entry: ChangesEntry } => {
  const hash = hashes.at(-1) ?? push.previous;
  const last = push.first + push.changes.length - 1;
  const entry: ChangesEntry = {
    type: 'changes',
    seq: (tail?.entry.seq ?? 0) + 1,
    epoch: tail?.entry.epoch ?? 1,
    receivedAt,
    replica,
    first: push.first + skip,
    previous: skip === 0 ? push.previous : (hashes[skip - 1] ?? push.previous),
    hash,
    changes: push.changes.slice(skip),
    rejected: rejectionsOf(push, skip),
  };
  const vector = withMark(tail?.vector ?? {}, replica, [last, hash, entry.seq]);
  return { entry, vector, sizeBytes: 0 };
};

/** [S3] Flagged, kept and shown to its author; the rest of the queue goes on. */
const rejectionsOf = (push: Push, skip: number): readonly Rejection[] =>
  push.changes.slice(skip).flatMap((change, index): Rejection[] => {
    const reason = checkChange(change, changeSizeBytes(change));
    return reason ? [[push.first + skip + index, reason]] : [];
  });

/** [S4] An ambiguous write is settled by a strong read of that position. */
const append = async (log: FeedLog, space: SpaceId, next: StoredEntry) => {
  const written = await log.append(space, next.entry, next.vector);
  if (written.type !== 'unknown') return written;
  const found = await log.at(space, next.entry.seq);
  return found ? ({ type: 'occupied', by: found } as const) : written;
};

const isSameBatch = (stored: StoredEntry, sent: StoredEntry & { readonly entry: ChangesEntry }): boolean =>
  stored.entry.type === 'changes' &&
  stored.entry.replica === sent.entry.replica &&
  stored.entry.first + stored.entry.changes.length === sent.entry.first + sent.entry.changes.length &&
  stored.entry.hash === sent.entry.hash;
