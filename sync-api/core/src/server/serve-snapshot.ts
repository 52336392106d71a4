import type { Refusal } from '../protocol/errors.ts';
import type { ReplicaId, SpaceId } from '../protocol/ids.ts';
import type { ReplicaMark, StoredEntry } from '../protocol/log-entry.ts';
import type { PartRequest, Reset, SyncRequest } from '../protocol/messages.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { snapshotProtocol } from '../protocol/version.ts';
import { emptyDigest } from '../row.ts';
import type { Feed, ReadableHistory } from './archive.ts';
import { keptHead } from '../base-in-log.ts';
import { isVoid } from './epochs.ts';
import type { SnapshotPointer, SpaceFacts } from './ports.ts';
import { type Manifest, readManifest, readPart } from './snapshot-store.ts';

/** What the server makes of the position a device says it is at. */
export type Standing =
  /** Entries after its cursor continue what it has; `isBehindEpoch`: it may not push before it has folded them. */
  | { readonly type: 'continues'; readonly isBehindEpoch: boolean; readonly checkpoint?: 'same' | 'unknown' }
  | { readonly type: 'reset'; readonly reset: Reset; readonly checkpoint?: 'differs' };

/**
 * [L2] [L4] [L5] Whether a device goes on from its cursor or begins with a snapshot: since it is far behind, since what
 * it has was cut off by a restore, or since its digest is not the log's.
 */
export const standingOf = async (
  history: Feed,
  space: SpaceId,
  request: SyncRequest,
  tail: StoredEntry | undefined,
): Promise<Standing | 'unknownEpoch'> => {
  const epoch = tail?.entry.epoch ?? 1;
  const head = tail?.entry.seq ?? 0;
  const isBehindEpoch = request.epoch < epoch;
  const mayJump = request.protocol >= snapshotProtocol && request.want !== 'entries';
  const isFar = mayJump && head - request.cursor >= history.settings.entriesPerSnapshot;
  if (!isBehindEpoch && !isFar && !request.checkpoint) return { type: 'continues', isBehindEpoch };
  const facts = await history.spaces.facts(space);
  if (isBehindEpoch) {
    const kept = keptHead(request.epoch, facts.epochs);
    if (kept === Number.POSITIVE_INFINITY) return 'unknownEpoch';
    if (request.cursor > kept) return { type: 'reset', reset: await rewind(history, space, request, facts, kept) };
  }
  const checkpoint = isBehindEpoch ? undefined : compare(request, facts);
  if (checkpoint === 'differs') {
    return { type: 'reset', reset: await rewind(history, space, request, facts, head), checkpoint };
  }
  const reset = isFar ? await jump(history, space, request, facts) : undefined;
  if (reset) return { type: 'reset', reset };
  return { type: 'continues', isBehindEpoch, ...(checkpoint ? { checkpoint } : {}) };
};

/** [L5] Nothing while the snapshot at that position is still to come; `unknown` if there is a later one only. */
const compare = ({ checkpoint }: SyncRequest, facts: SpaceFacts): 'same' | 'differs' | 'unknown' | undefined => {
  if (!checkpoint) return undefined;
  const valid = facts.snapshots.filter((each) => !isVoid(each, facts.epochs));
  const pointer = valid.find((each) => each.seq === checkpoint.seq);
  if (!pointer) return (valid[0]?.seq ?? 0) > checkpoint.seq ? 'unknown' : undefined;
  return pointer.digest === checkpoint.digest ? 'same' : 'differs';
};

const usable = (facts: SpaceFacts, { avoid }: SyncRequest): readonly SnapshotPointer[] =>
  facts.snapshots.filter((each) => !isVoid(each, facts.epochs) && each.seq < (avoid ?? Number.POSITIVE_INFINITY));

/** A ledger that has to be replaced: a snapshot at or below what it has in common with the log, or an empty one. */
const rewind = async (
  history: ReadableHistory,
  space: SpaceId,
  request: SyncRequest,
  facts: SpaceFacts,
  kept: number,
): Promise<Reset> => {
  for (const pointer of usable(facts, request)) {
    // The snapshot that opened an epoch stands right above what the restore kept.
    const manifest = pointer.seq <= kept + 1 ? await readManifest(history.blobs, space, pointer) : undefined;
    if (manifest) return { ...resetTo(manifest, null), voidAbove: kept };
  }
  return { epoch: 1, seq: 0, digest: emptyDigest, epochs: [], parts: [], known: null, voidAbove: kept };
};

/** A snapshot well ahead of the device, if what the log had of it there is known for certain. */
const jump = async (
  history: Feed,
  space: SpaceId,
  request: SyncRequest,
  facts: SpaceFacts,
): Promise<Reset | undefined> => {
  const pointer = usable(facts, request)[0];
  if (!pointer || pointer.seq - request.cursor < history.settings.entriesPerSnapshot) return undefined;
  const manifest = await readManifest(history.blobs, space, pointer);
  const known = manifest && (await markAt(history, space, request.replica, manifest));
  return manifest && known !== 'unknown' ? resetTo(manifest, known ?? null) : undefined;
};

/** [S6] What the log had of a replica at a snapshot: its vector says, or the archive, if that is no younger. */
const markAt = async (
  { spaces }: Feed,
  space: SpaceId,
  replica: ReplicaId,
  { seq, vector }: Manifest,
): Promise<ReplicaMark | 'unknown' | undefined> => {
  if (vector[replica]) return vector[replica];
  const retired = await spaces.retired(space, replica);
  return retired && retired[2] > seq ? 'unknown' : retired;
};

const resetTo = ({ epoch, seq, digest, epochs, parts }: Manifest, known: ReplicaMark | null): Reset => ({
  epoch,
  seq,
  digest,
  epochs: epochs.map(({ abandoned, ...mark }) => ({
    ...mark,
    ...(abandoned ? { abandoned: abandoned.map(([epoch, head]): [number, number] => [epoch, head]) } : {}),
  })),
  parts: parts.map((part) => ({ ...part })),
  known: known && { last: known[0], hash: known[1] },
});

/** [L2] The text of one part. `gone` if another snapshot took its place, or if it is not what was written. */
export const servePart = async (
  history: ReadableHistory,
  space: SpaceId,
  request: PartRequest,
): Promise<Result<string, Refusal>> => {
  if (request.space !== space) return fail({ type: 'wrongSpace', message: 'the token belongs to another account' });
  const tail = await history.log.tail(space);
  if (tail?.entry.type === 'seal') return fail({ type: 'sealed', message: 'the account is deleted' });
  const { snapshots } = await history.spaces.facts(space);
  const pointer = snapshots.find(({ epoch, seq }) => epoch === request.epoch && seq === request.seq);
  const manifest = pointer && (await readManifest(history.blobs, space, pointer));
  const part = manifest?.parts[request.part];
  const text = part && (await readPart(history.blobs, space, request, request.part, part.hash));
  return text === undefined ? fail({ type: 'gone', message: 'ask again for a snapshot' }) : ok(text);
};
