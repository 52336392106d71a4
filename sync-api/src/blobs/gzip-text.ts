import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** A segment of 64 entries of a thousand full changes unpacks to some 20 MB; more is a decompression bomb. */
const textSizeBytesMax = 268_435_456;

export const textToGzip = (text: string): Promise<Buffer> => compress(Buffer.from(text));

/** Rejects on bytes that are no gzip, and on more than the bound: damage. */
export const gzipToText = async (bytes: Uint8Array): Promise<string> =>
  (await decompress(bytes, { maxOutputLength: textSizeBytesMax })).toString('utf8');
