import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256OfByteText } from './sha-256.ts';

/**
 * First 16 bytes of SHA-256 of the UTF-8 text, as 32 lower-case hex digits.
 *
 * Synchronous on purpose: awaiting the platform's digest inside an IndexedDB transaction would commit it early (D4).
 */
export const hashText = (text: string): string => sha256OfByteText(isAscii(text) ? text : toByteText(text));

/** Bytes that the text takes on the wire. */
export const utf8SizeBytes = (text: string): number => (isAscii(text) ? text.length : utf8ToBytes(text).length);

/** Most texts here are: their characters are their bytes. */
const isAscii = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
};

/** A character for every byte of the text in UTF-8. */
const toByteText = (text: string): string => {
  let bytes = '';
  for (const byte of utf8ToBytes(text)) bytes += String.fromCharCode(byte);
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
  const space = hexToBytes(namespace.replaceAll('-', ''));
  const text = utf8ToBytes(name);
  const input = new Uint8Array(space.length + text.length);
  input.set(space);
  input.set(text, space.length);
  const bytes = sha1(input).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytesToHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
