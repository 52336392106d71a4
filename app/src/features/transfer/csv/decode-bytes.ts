export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type DecodedText = { readonly text: string; readonly encoding: Encoding };

/**
 * Bytes of a text file to text, without its byte order mark. Never fails: what is neither UTF-8 nor UTF-16 is read as
 * Windows-1252, which has a character for every byte and is what old bank software writes.
 */
export const decodeBytes = (bytes: Uint8Array): DecodedText => {
  const encoding = markedEncoding(bytes) ?? wideEncoding(bytes) ?? (isMostlyUtf8(bytes) ? 'utf-8' : 'windows-1252');
  const text = new TextDecoder(encoding).decode(bytes);
  return { text: encoding === 'windows-1252' ? withWindowsMarks(text) : text, encoding };
};

const markedEncoding = (bytes: Uint8Array): Encoding | undefined => {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
};

/** Characters 0x80 to 0x9f of Windows-1252; a space stands where it has none. */
const windowsMarks = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Node 20 decodes Windows-1252 as Latin-1, against the Encoding standard, and loses the euro sign; browsers do not. */
const withWindowsMarks = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (control) => windowsMarks[control.charCodeAt(0) - 0x80] ?? ' ');

const sampleSizeBytes = 4096;

/** UTF-16 without a mark: in western text every other byte is zero. */
const wideEncoding = (bytes: Uint8Array): Encoding | undefined => {
  const sample = bytes.subarray(0, sampleSizeBytes);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const half = sample.length / 2;
  const [even = 0, odd = 0] = zeros;
  if (odd > half * 0.6 && even < half * 0.1) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.1) return 'utf-16be';
  return undefined;
};

/** A file cut in the middle of a character, or with one stray byte, is still UTF-8. */
const isMostlyUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const replaced = text.match(/\ufffd/g)?.length ?? 0;
    const beyondAscii = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
    return beyondAscii >= replaced * 10;
  }
};
