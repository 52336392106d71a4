/** Where every random draw of the pool comes from; `crypto.randomBytes` in the running service. */
export type RandomBytes = (sizeBytes: number) => Buffer;

/** A version 4 UUID (RFC 9562) made of the first 16 of the given bytes. */
export const bytesToUuid = (bytes: Buffer): string => {
  const own = Buffer.from(bytes.subarray(0, 16));
  own.writeUInt8((own.readUInt8(6) & 0x0f) | 0x40, 6);
  own.writeUInt8((own.readUInt8(8) & 0x3f) | 0x80, 8);
  return own.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** Six decimal digits; 48 random bits make the bias of the remainder less than one in a hundred million. */
export const bytesToDigits = (bytes: Buffer): string => String(bytes.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');

/** One character of the alphabet for each byte; for names that must be valid rather than secret. */
export const bytesToName = (bytes: Buffer, alphabet: string): string =>
  Array.from(bytes, (byte) => alphabet.charAt(byte % alphabet.length)).join('');
