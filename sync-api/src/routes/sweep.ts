import type { SpaceId } from '@fintrack/sync-core/protocol';

export type SweepPort = {
  /** A page of spaces in the store's own order, after `space`, and where the next page begins, if there is one. */
  spacesAfter(
    space: SpaceId | undefined,
  ): Promise<{ readonly spaces: readonly SpaceId[]; readonly next: SpaceId | undefined }>;
  /** Where the last sweep stopped; nothing if it reached the end. */
  cursor(): Promise<SpaceId | undefined>;
  moveCursor(after: SpaceId | undefined): Promise<void>;
};

export type Swept = { readonly spaces: number; readonly failed: number; readonly isDone: boolean };

/**
 * Brings every space up to its log, for pokes that were lost. One run goes through as many pages as its time allows; the
 * next goes on from there, and the one after the last page begins anew. A space that fails delays no other.
 *
 * A space that lags by nothing costs two strongly consistent reads, and once its log is long enough for a snapshot two
 * small ones more.
 */
export const sweep = async (
  port: SweepPort,
  catchUpSpace: (space: SpaceId) => Promise<boolean>,
  isTimeLeft: () => boolean,
): Promise<Swept> => {
  let spaces = 0;
  let failed = 0;
  let after = await port.cursor();
  do {
    const page = await port.spacesAfter(after);
    for (const space of page.spaces) {
      if (!isTimeLeft()) return { spaces, failed, isDone: false };
      spaces += 1;
      if (!(await catchUpSpace(space))) failed += 1;
    }
    after = page.next;
    await port.moveCursor(after);
  } while (after !== undefined);
  return { spaces, failed, isDone: true };
};
