import type { BlobReader, BlobStore } from '@fintrack/sync-core/server';
import type { BlobPlace } from '../environment.ts';
import { createFolderBlobStore } from './folder-blobs.ts';
import { createS3Reader, createS3Remover, createS3Writer } from './s3-blobs.ts';
import { createS3Client } from './s3-client.ts';

/** Snapshots and archives, for a function that reads them. */
export const openBlobReader = (place: BlobPlace): BlobReader =>
  'folder' in place ? createFolderBlobStore(place.folder) : createS3Reader(createS3Client(), place.bucket);

/** For what deletes an account: all but writing. */
export const openBlobRemover = (place: BlobPlace): Omit<BlobStore, 'write'> => {
  if ('folder' in place) return createFolderBlobStore(place.folder);
  const client = createS3Client();
  return { ...createS3Reader(client, place.bucket), ...createS3Remover(client, place.bucket) };
};

/** For what takes snapshots and compacts. */
export const openBlobStore = (place: BlobPlace): BlobStore => {
  if ('folder' in place) return createFolderBlobStore(place.folder);
  const client = createS3Client();
  return {
    ...createS3Reader(client, place.bucket),
    ...createS3Writer(client, place.bucket),
    ...createS3Remover(client, place.bucket),
  };
};
