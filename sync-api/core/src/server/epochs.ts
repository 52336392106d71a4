import { keptHead } from '../base-in-log.ts';
import type { SpaceId } from '../protocol/ids.ts';
import type { AbandonedEpoch, EpochMark } from '../protocol/log-entry.ts';
import type { BlobStore } from './ports.ts';

/** [L4] Stands above what a restore kept: it never happened. */
export const isVoid = (at: { readonly epoch: number; readonly seq: number }, epochs: readonly EpochMark[]): boolean =>
  at.seq > keptHead(at.epoch, epochs);

/** An epoch as it was opened: after which other, and where that was cut. */
type Opening = { readonly epoch: number; readonly after: number; readonly restoredHead: number };

/** Beside the tables, since a restore takes them back to before an epoch that devices have seen. */
export const openingsOf = (space: SpaceId): string => `epochs/${space}/`;

/**
 * [L4] The next epoch after a cut, with a number that no restore ever had, and what it has in common with the epochs that
 * it leaves behind.
 */
export const nextEpoch = async (
  blobs: BlobStore,
  space: SpaceId,
  tail: { readonly epoch: number; readonly seq: number },
): Promise<EpochMark> => {
  const openings = await readOpenings(blobs, space);
  const epoch = Math.max(tail.epoch, ...openings.keys()) + 1;
  const opening: Opening = { epoch, after: tail.epoch, restoredHead: tail.seq };
  await blobs.write(`${openingsOf(space)}${epoch}`, JSON.stringify(opening));
  const path = [...pathTo(tail.epoch, openings), opening];
  const abandoned = [...openings.keys()]
    .filter((each) => !path.some((mark) => mark.epoch === each))
    .map((each): AbandonedEpoch => [each, commonHead(each, openings, path)]);
  return { epoch, restoredHead: tail.seq, ...(abandoned.length > 0 ? { abandoned } : {}) };
};

/** The openings that lead to an epoch, oldest first. */
const pathTo = (epoch: number, openings: ReadonlyMap<number, Opening>): readonly Opening[] => {
  const opening = openings.get(epoch);
  return opening ? [...pathTo(opening.after, openings), opening] : [];
};

const readOpenings = async (blobs: BlobStore, space: SpaceId): Promise<ReadonlyMap<number, Opening>> => {
  const openings = new Map<number, Opening>();
  for (const name of await blobs.names(openingsOf(space))) {
    const text = await blobs.read(name);
    if (text === undefined) continue;
    const opening = JSON.parse(text) as Opening;
    openings.set(opening.epoch, opening);
  }
  return openings;
};

/** Back from an epoch to the first that is part of the log, and no further than that one was kept. */
const commonHead = (epoch: number, openings: ReadonlyMap<number, Opening>, path: readonly EpochMark[]): number => {
  let head = Number.POSITIVE_INFINITY;
  let at = epoch;
  for (let next = openings.get(at); next && !path.some((mark) => mark.epoch === at); next = openings.get(at)) {
    head = Math.min(head, next.restoredHead);
    at = next.after;
  }
  return Math.min(head, keptHead(at, path));
};
