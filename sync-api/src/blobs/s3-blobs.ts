import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { BlobReader, BlobStore } from '@fintrack/sync-core/server';
import { requireName, requirePrefix } from './blob-name.ts';
import { gzipToText, textToGzip } from './gzip-text.ts';
import { isMissing, orUnavailable } from './s3-failure.ts';

// Texts in a bucket, each gzipped in an object of its name. S3 is strongly consistent: what was written is read, and what
// was removed is gone, at once. All reject with StoreUnavailable when S3 does not answer. A function takes the parts it
// needs, so that its grants follow from its code.

/** S3's own limit. */
const keysPerRemovalMax = 1_000;

export const createS3Reader = (client: S3Client, bucket: string): BlobReader => ({
  async read(name) {
    const get = new GetObjectCommand({ Bucket: bucket, Key: requireName(name) });
    const bytes = await orUnavailable(readBytes(client, get));
    return bytes && gzipToText(bytes);
  },
});

export const createS3Writer = (client: S3Client, bucket: string): Pick<BlobStore, 'write'> => ({
  async write(name, text) {
    const put = new PutObjectCommand({
      Bucket: bucket,
      Key: requireName(name),
      Body: await textToGzip(text),
      ContentType: 'application/json',
      ContentEncoding: 'gzip',
    });
    await orUnavailable(client.send(put));
  },
});

export const createS3Remover = (client: S3Client, bucket: string): Pick<BlobStore, 'names' | 'remove'> => ({
  async names(prefix) {
    const names: string[] = [];
    let from: string | undefined;
    do {
      const list = new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: requirePrefix(prefix),
        ContinuationToken: from,
      });
      const page = await orUnavailable(client.send(list));
      for (const { Key: name } of page.Contents ?? []) if (name !== undefined) names.push(name);
      from = page.NextContinuationToken;
    } while (from !== undefined);
    return names;
  },

  async remove(names) {
    for (let start = 0; start < names.length; start += keysPerRemovalMax) {
      const keys = names.slice(start, start + keysPerRemovalMax).map((name) => ({ Key: requireName(name) }));
      const remove = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys, Quiet: true } });
      const { Errors: errors = [] } = await orUnavailable(client.send(remove));
      if (errors.length > 0) throw new Error(`${errors.length} texts were not removed: ${errors[0]?.Code}`);
    }
  },
});

/** The connection may break while the body is on its way, so that is part of the attempt. */
const readBytes = async (client: S3Client, get: GetObjectCommand): Promise<Uint8Array | undefined> => {
  try {
    return await (await client.send(get)).Body?.transformToByteArray();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};
