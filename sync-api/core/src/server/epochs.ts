import { keptHead } from '../base-in-log.ts';
import type { SpaceId } from '../protocol/ids.ts';
import type { AbandonedEpoch, EpochMark } from '../protocol/log-entry.ts';
import type { BlobStore } from './ports.ts';

/** [L4] Stands above what a restore kept: it never happened. */
export const isVoid = (at: { readonly epoch: number; readonly seq: number }, epochs: readonly EpochMark[]): boolean =>
  at.seq > keptHead(at.epoch, epochs);

/** An epoch as it was opened: after which other, and where that was cut. */
type Opening = { readonly mark: EpochMark; readonly after: number };

/** Beside the tables, since a restore takes them back to before an epoch that devices have seen. */
export const openingsOf = (space: SpaceId): string => `epochs/${space}/`;

/**
 * [L4] The restores of a log that was cut once more, the last of them new: it has a number that no restore ever had, and
 * says what the log has in common with the epochs that it leaves behind.
 */
export const restoresAfter = async (
  blobs: BlobStore,
  space: SpaceId,
  tail: { readonly epoch: number; readonly seq: number },
): Promise<readonly [...before: EpochMark[], next: EpochMark]> => {
  const openings = await readOpenings(blobs, space);
  const before = pathTo(tail.epoch, openings);
  const cut: EpochMark = { epoch: Math.max(tail.epoch, ...openings.keys()) + 1, restoredHead: tail.seq };
  const path = [...before, cut];
  const abandoned = [...openings.keys()]
    .filter((each) => !path.some((mark) => mark.epoch === each))
    .map((each): AbandonedEpoch => [each, commonHead(each, openings, path)]);
  const mark = abandoned.length > 0 ? { ...cut, abandoned } : cut;
  await blobs.write(`${openingsOf(space)}${mark.epoch}`, JSON.stringify({ mark, after: tail.epoch } satisfies Opening));
  return [...before, mark];
};

/** The restores that lead to an epoch, oldest first. */
const pathTo = (epoch: number, openings: ReadonlyMap<number, Opening>): readonly EpochMark[] => {
  if (epoch === 1) return [];
  const opening = openings.get(epoch);
  if (!opening) throw new Error(`nobody noted how epoch ${epoch} was opened`);
  return [...pathTo(opening.after, openings), opening.mark];
};

const readOpenings = async (blobs: BlobStore, space: SpaceId): Promise<ReadonlyMap<number, Opening>> => {
  const openings = new Map<number, Opening>();
  for (const name of await blobs.names(openingsOf(space))) {
    const text = await blobs.read(name);
    if (text === undefined) continue;
    const opening = JSON.parse(text) as Opening;
    openings.set(opening.mark.epoch, opening);
  }
  return openings;
};

/** Back from an epoch to the first that is part of the log, and no further than that one was kept. */
const commonHead = (epoch: number, openings: ReadonlyMap<number, Opening>, path: readonly EpochMark[]): number => {
  let head = Number.POSITIVE_INFINITY;
  let at = epoch;
  for (let next = openings.get(at); next && !path.some((mark) => mark.epoch === at); next = openings.get(at)) {
    head = Math.min(head, next.mark.restoredHead);
    at = next.after;
  }
  return Math.min(head, keptHead(at, path));
};
