import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gunzip, gzip, inflate } from 'node:zlib';
import { fail, ok, type Result } from '@fintrack/sync-core/protocol';

/** Names of HTTP content codings. */
const decoders = {
  br: promisify(brotliDecompress),
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
} as const;

export type DecodeError =
  | { readonly type: 'tooLarge' }
  | { readonly type: 'unknownCoding' }
  | { readonly type: 'damaged' };

/** Undoes one coding (`identity` or empty: none). Never holds more than `sizeBytesMax` of the result. */
export const decode = async (
  bytes: Uint8Array,
  coding: string,
  sizeBytesMax: number,
): Promise<Result<Uint8Array, DecodeError>> => {
  const name = coding.trim().toLowerCase();
  if (name === '' || name === 'identity') {
    return bytes.byteLength > sizeBytesMax ? fail({ type: 'tooLarge' }) : ok(bytes);
  }
  if (!isDecodable(name)) return fail({ type: 'unknownCoding' });
  try {
    return ok(await decoders[name](bytes, { maxOutputLength: sizeBytesMax }));
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return fail({ type: isTooLarge ? 'tooLarge' : 'damaged' });
  }
};

const isDecodable = (name: string): name is keyof typeof decoders => Object.hasOwn(decoders, name);

export type Encoded = { readonly bytes: Uint8Array; readonly coding: 'br' | 'gzip' | undefined };

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);
/** Above this Brotli costs more time than it saves bytes over gzip, on a body made for one request. */
const brotliQuality = 5;

/** Compresses with the better of the codings that `acceptEncoding`, the header's text, allows. */
export const encode = async (bytes: Uint8Array, acceptEncoding: string): Promise<Encoded> => {
  if (accepts(acceptEncoding, 'br')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality };
    return { bytes: await compressBrotli(bytes, { params }), coding: 'br' };
  }
  if (accepts(acceptEncoding, 'gzip')) return { bytes: await compressGzip(bytes), coding: 'gzip' };
  return { bytes, coding: undefined };
};

/** RFC 9110, 12.5.3: listed by name with a weight above 0. Wildcards are not counted on. */
const accepts = (header: string, coding: string): boolean =>
  header.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
