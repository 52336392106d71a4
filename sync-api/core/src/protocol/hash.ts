import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * First 16 bytes of SHA-256 of the UTF-8 text, as 32 lower-case hex digits.
 *
 * Synchronous on purpose: awaiting the platform's digest inside an IndexedDB transaction would commit it early (D4).
 */
export const hashText = (text: string): string => bytesToHex(sha256(textToBytes(text)).subarray(0, 16));

/** Bytes that the text takes on the wire. */
export const utf8SizeBytes = (text: string): number => textToBytes(text).length;

/** UTF-8. Most texts here are some hundred ASCII characters: for those browsers' own encoder takes as long as the hash. */
const textToBytes = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return utf8ToBytes(text);
    bytes[i] = code;
  }
  return bytes;
};

/** Exclusive or of two 32-digit hex strings: adds a member to a set's digest, or takes it out again. */
export const xorHex = (a: string, b: string): string => {
  let text = '';
  for (let i = 0; i < 32; i++) text += hexDigits[hexValue(a.charCodeAt(i)) ^ hexValue(b.charCodeAt(i))];
  return text;
};

const hexDigits = '0123456789abcdef';
/** Of the code of a lower-case hex digit. */
const hexValue = (code: number): number => (code < 58 ? code - 48 : code - 87);

/** UUID version 5 (RFC 9562, 5.5): the same name gives the same id on every device. */
export const uuidV5 = (namespace: string, name: string): string => {
  const space = Uint8Array.from(namespace.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const text = utf8ToBytes(name);
  const input = new Uint8Array(space.length + text.length);
  input.set(space);
  input.set(text, space.length);
  const bytes = sha1(input).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
