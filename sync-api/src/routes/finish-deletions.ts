import type { SpaceId } from '@fintrack/sync-core/protocol';
import { deleteSpace, finishDeletion, type History, type RowStore } from '@fintrack/sync-core/server';

export type DeletionDeps = {
  readonly history: History;
  readonly store: Pick<RowStore, 'removeAll'>;
  /** Removes what is kept of the person outside their ledger: the row of Users and the user of the pool. May be repeated. */
  readonly removePerson: (space: SpaceId) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

export type Finished = {
  readonly finished: number;
  readonly failed: number;
  /** Deletions that should long be over. */
  readonly overdue: number;
};

/** A deletion is due minutes after its seal; one that is still open then has failed a dozen times. */
const overdueAfterMs = 60 * 60 * 1000;

/** [L6] The first sweep of a sealed space. */
export const beginDeletion = async (
  { history, store, removePerson, now }: DeletionDeps,
  space: SpaceId,
): Promise<void> => {
  const deleted = await deleteSpace(history, store, space, now());
  if (!deleted.ok) throw new Error('the log of a sealed space is sealed');
  await removePerson(space);
};

/** [L6] The second sweep of every deletion that is due. One that fails holds up no other, and is tried by the next run. */
export const finishDeletions = async (
  { history, store, removePerson, now }: DeletionDeps,
  isTimeLeft: () => boolean,
  onFailure: (error: unknown, space: SpaceId) => void,
): Promise<Finished> => {
  let [finished, failed, overdue] = [0, 0, 0];
  for (const deletion of await history.spaces.deletions()) {
    let isFinished = false;
    try {
      if (isTimeLeft()) {
        await removePerson(deletion.space);
        isFinished = await finishDeletion(history, store, deletion, now());
      }
    } catch (error) {
      failed += 1;
      onFailure(error, deletion.space);
    }
    if (isFinished) finished += 1;
    else if (now() - deletion.sealedAt > overdueAfterMs) overdue += 1;
  }
  return { finished, failed, overdue };
};
