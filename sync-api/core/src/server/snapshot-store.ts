import { hashText } from '../protocol/hash.ts';
import type { SpaceId } from '../protocol/ids.ts';
import type { EpochMark, StateVector } from '../protocol/log-entry.ts';
import type { BlobReader, SnapshotPointer } from './ports.ts';

/** What a snapshot is made of. The pointer to it has the hash of this text, and this text those of the parts. */
export type Manifest = {
  readonly epoch: number;
  readonly seq: number;
  readonly digest: string;
  readonly epochs: readonly EpochMark[];
  readonly vector: StateVector;
  readonly parts: readonly { readonly hash: string; readonly records: number }[];
};

export const snapshotsOf = (space: SpaceId): string => `snapshots/${space}/`;

type Place = Pick<SnapshotPointer, 'epoch' | 'seq'>;

export const folderOf = (space: SpaceId, { epoch, seq }: Place): string =>
  `${snapshotsOf(space)}${epoch}-${String(seq).padStart(10, '0')}/`;

export const partName = (space: SpaceId, place: Place, part: number): string =>
  `${folderOf(space, place)}${String(part).padStart(6, '0')}`;

export const manifestName = (space: SpaceId, place: Place): string => `${folderOf(space, place)}manifest`;

/** Nothing if it is gone or not what was written. */
export const readManifest = async (
  blobs: BlobReader,
  space: SpaceId,
  pointer: SnapshotPointer,
): Promise<Manifest | undefined> => {
  const text = await blobs.read(manifestName(space, pointer));
  return text !== undefined && hashText(text) === pointer.hash ? (JSON.parse(text) as Manifest) : undefined;
};

/** Nothing if it is gone or not what was written. */
export const readPart = async (
  blobs: BlobReader,
  space: SpaceId,
  place: Place,
  part: number,
  hash: string,
): Promise<string | undefined> => {
  const text = await blobs.read(partName(space, place, part));
  return text !== undefined && hashText(text) === hash ? text : undefined;
};
