import { gunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { canonicalJson, type Json } from '@fintrack/sync-core/protocol';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** `rawSizeBytes` is that of the canonical text, UTF-8. */
export type GzippedJson = { readonly bytes: Uint8Array; readonly rawSizeBytes: number };

export const jsonToGzip = async (value: Json): Promise<GzippedJson> => {
  const raw = Buffer.from(canonicalJson(value));
  return { bytes: await compress(raw), rawSizeBytes: raw.byteLength };
};

/** Rejects on bytes that are no gzipped JSON, and on more than `rawSizeBytesMax` of it: a damaged item. */
export const gzipToJson = async (bytes: Uint8Array, rawSizeBytesMax: number): Promise<unknown> =>
  JSON.parse((await decompress(bytes, { maxOutputLength: rawSizeBytesMax })).toString('utf8'));
