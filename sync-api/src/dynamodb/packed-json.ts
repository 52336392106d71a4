import { deflateRaw, gunzip, inflateRaw } from 'node:zlib';
import { promisify } from 'node:util';
import { canonicalJson, type Json } from '@fintrack/sync-core/protocol';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
const unzip = promisify(gunzip);

/** `rawSizeBytes` is that of the canonical text, UTF-8. */
export type PackedJson = { readonly bytes: Uint8Array; readonly rawSizeBytes: number };

/**
 * What changes usually look like, so that a batch of a few is small: what one write unit holds is 1,024 bytes.
 *
 * Never to be changed: every item of the log needs these very bytes to be read.
 */
const dictionary = Buffer.from(
  '"op":"generate","set":{"op":"delete","see":{"origin":"","epoch":"kind":"income","source":["Salary"],"kind":"budget",' +
    '"of":[{"category":"","currency":"USD","month":"2026-"kind":"category","name":["","look":[{"hue":,"icon":"","order":[' +
    '"kind":"template","every":[{"count":1,"unit":"month"}],"makes":["start":["until":[null]"kind":"dismissal","kind":"setting",' +
    '"deleted":[false,"tags":[[]]"import":[null],"note":[""],' +
    '[{"at":17,"id":"-4","kind":"expense","set":{"amount":[{"currency":"EUR","minor":}],"category":[null],' +
    '"date":["2026-"],"description":[""]}},{"at":17,"id":"-4","kind":"expense","set":{"amount":[{"currency":"EUR","minor":00}],' +
    '"category":["-4"],"date":["2026-"],"description":["',
);

export const packJson = async (value: Json): Promise<PackedJson> => {
  const raw = Buffer.from(canonicalJson(value));
  return { bytes: await deflate(raw, { dictionary, level: 9 }), rawSizeBytes: raw.byteLength };
};

/** Rejects on bytes that are no packed JSON, and on more than `rawSizeBytesMax` of it: a damaged item. */
export const unpackJson = async (bytes: Uint8Array, rawSizeBytesMax: number): Promise<unknown> => {
  const options = { maxOutputLength: rawSizeBytesMax };
  // The first version of the log was gzipped, and no deflated block begins like that.
  const raw = isGzip(bytes) ? await unzip(bytes, options) : await inflate(bytes, { ...options, dictionary });
  return JSON.parse(raw.toString('utf8'));
};

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;
