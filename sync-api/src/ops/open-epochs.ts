import type { SpaceId } from '@fintrack/sync-core/protocol';
import { type History, openEpoch, type RowStore, sealSpace } from '@fintrack/sync-core/server';

export type OpenEpochsDeps = {
  readonly history: History;
  readonly store: RowStore;
  /** Removes every row of that space, or of all. */
  readonly clearRows: (space: SpaceId | undefined) => Promise<void>;
  readonly spacesInLog: () => AsyncIterable<SpaceId>;
  /** Whether the user pool still has that person. */
  readonly isPerson: (space: SpaceId) => Promise<boolean>;
  /** Deletes again what belongs to nobody. Not to be undone, so the pool must be known to be the right one. */
  readonly deletesWithoutPerson: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** What became of one space. */
export type Opened =
  | {
      readonly space: SpaceId;
      readonly type: 'opened';
      readonly epoch: number;
      readonly restoredHead: number;
      /** False: its person deleted the account after the backup was made, unless this is the wrong pool. */
      readonly hasPerson: boolean;
    }
  /** Its person deleted the account after the backup was made: it is sealed again, and its deletion is under way. */
  | { readonly space: SpaceId; readonly type: 'deleted' }
  /** It is sealed, or has no log: there is nothing to open. */
  | { readonly space: SpaceId; readonly type: 'skipped' }
  | { readonly space: SpaceId; readonly type: 'failed'; readonly error: unknown };

/**
 * [L4] After a restore, with all functions stopped: opens an epoch of one space, or of every one that has a log. A space
 * that fails holds up no other; run it again for that one.
 */
export async function* openEpochs(deps: OpenEpochsDeps, only: SpaceId | undefined): AsyncGenerator<Opened> {
  await deps.clearRows(only);
  for await (const space of only === undefined ? deps.spacesInLog() : [only]) yield await openOne(deps, space);
}

const openOne = async (deps: OpenEpochsDeps, space: SpaceId): Promise<Opened> => {
  const { history, store, isPerson, deletesWithoutPerson, now } = deps;
  try {
    const hasPerson = await isPerson(space);
    if (!hasPerson && deletesWithoutPerson) return await deleteAgain(deps, space);
    const mark = await openEpoch(history, store, space, now());
    return mark ? { space, type: 'opened', ...mark, hasPerson } : { space, type: 'skipped' };
  } catch (error) {
    return { space, type: 'failed', error };
  }
};

/** The sweep does the rest once the functions run again. */
const deleteAgain = async ({ history: { log, spaces }, now }: OpenEpochsDeps, space: SpaceId): Promise<Opened> => {
  const sealed = await sealSpace(log, space, now());
  if (!sealed.ok) throw new Error('something else is writing: stop all functions first');
  await spaces.openDeletion({ space, sealedAt: sealed.value.receivedAt });
  return { space, type: 'deleted' };
};
