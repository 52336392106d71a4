import { keysOf, openEntry } from '../fold.ts';
import type { RecordKey, SpaceId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import type { SealEntry } from '../protocol/log-entry.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { openingsOf } from './epochs.ts';
import { archivesOf, type Feed, type History } from './archive.ts';
import { keysInSnapshots } from './ledger-state.ts';
import type { BlobStore, Deletion, FeedLog, RowStore, SpaceStore } from './ports.ts';
import { snapshotsOf } from './snapshot-store.ts';

/**
 * [L6] Seals a log: nothing is ever appended behind it. Sealing again changes nothing. `busy` if the log would not take
 * it after several tries.
 */
export const sealSpace = async (
  log: FeedLog,
  space: SpaceId,
  now: number,
): Promise<Result<SealEntry, { readonly type: 'busy' }>> => {
  for (let tries = 0; tries < limits.appendTriesMax; tries++) {
    const tail = await log.tail(space);
    if (tail?.entry.type === 'seal') return ok(tail.entry);
    const seq = (tail?.entry.seq ?? 0) + 1;
    const seal: SealEntry = { type: 'seal', seq, epoch: tail?.entry.epoch ?? 1, receivedAt: now };
    const appended = await log.append(space, seal, {});
    if (appended.type === 'appended') return ok(seal);
  }
  return fail({ type: 'busy' });
};

/** What the first sweep takes: it removes no entry of a log. */
export type Sweepable = Feed & {
  readonly blobs: Omit<BlobStore, 'write'>;
  readonly spaces: SpaceStore;
};

/**
 * [L6] Deletes an account's data: seals, remembers that it is being deleted, and sweeps for the first time: everything
 * but the log, from which the second sweep, `finishDeletion`, learns what else was written. Every step may be repeated.
 */
export const deleteSpace = async (
  history: Sweepable,
  rows: Pick<RowStore, 'removeAll'>,
  space: SpaceId,
  now: number,
): Promise<Result<Deletion, { readonly type: 'busy' }>> => {
  const sealed = await sealSpace(history.log, space, now);
  if (!sealed.ok) return sealed;
  const deletion = { space, sealedAt: sealed.value.receivedAt };
  await history.spaces.openDeletion(deletion);
  await sweepSealed(history, rows, space);
  return ok(deletion);
};

/**
 * [L6] The second sweep, three function timeouts after the seal: what a slow function wrote since the first, and the log.
 * The seal itself stays, so that a token that is still valid appends nothing. False while it is too early.
 */
export const finishDeletion = async (
  history: History,
  rows: Pick<RowStore, 'removeAll'>,
  { space, sealedAt }: Deletion,
  now: number,
): Promise<boolean> => {
  const { log, spaces, settings } = history;
  if (now < sealedAt + 3 * settings.functionTimeoutMs) return false;
  await sweepSealed(history, rows, space);
  const tail = await log.tail(space);
  if (tail?.entry.type !== 'seal') throw new Error('only a sealed log may be removed');
  if (tail.entry.seq > 1) await log.remove(space, 1, tail.entry.seq - 1);
  await spaces.closeDeletion(space);
  return true;
};

const sweepSealed = async (history: Sweepable, rows: Pick<RowStore, 'removeAll'>, space: SpaceId): Promise<void> => {
  const { blobs, spaces } = history;
  await rows.removeAll(space, [...(await keysIn(history, space))]);
  await blobs.remove(await blobs.names(snapshotsOf(space)));
  await blobs.remove(await blobs.names(archivesOf(space)));
  await blobs.remove(await blobs.names(openingsOf(space)));
  await spaces.removeAll(space);
};

/** Every record that the space may have a row of: from its snapshots and what its log still holds. */
const keysIn = async (history: Feed, space: SpaceId): Promise<ReadonlySet<RecordKey>> => {
  const { snapshots } = await history.spaces.facts(space);
  const keys = await keysInSnapshots(history, space, snapshots);
  const bounds = { entriesMax: 100, sizeBytesMax: limits.answerSizeBytesMax, isConsistent: true };
  for (let seq = 0; ; ) {
    const run = await history.log.after(space, seq, bounds);
    for (const { entry } of run) for (const key of keysOf(openEntry(entry).changes)) keys.add(key);
    const last = run.at(-1)?.entry.seq;
    if (last === undefined) return keys;
    seq = last;
  }
};
