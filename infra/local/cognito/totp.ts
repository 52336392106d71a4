import { createHmac, timingSafeEqual } from 'node:crypto';

/** RFC 6238 with the defaults every authenticator app uses: SHA-1, six digits, steps of 30 s. */
export const TOTP_STEP_MS = 30_000;
export const TOTP_SECRET_SIZE_BYTES = 20;

/** One step either side, as RFC 6238 section 5.2 advises for clocks that drift. */
const STEPS_AROUND = [0, -1, 1] as const;

/**
 * The time step whose code was given, or undefined where none in reach matches. The caller keeps the step: a code is
 * good once (RFC 6238 section 5.2).
 */
export const matchTotp = (secret: Buffer, code: string, nowMs: number): number | undefined => {
  const current = Math.floor(nowMs / TOTP_STEP_MS);
  const given = Buffer.from(code);
  return STEPS_AROUND.map((offset) => current + offset).find((step) => {
    const expected = Buffer.from(totpAt(secret, step));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
};

export const totpAt = (secret: Buffer, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
};

/** RFC 4648 base 32 without padding; exact for sizes that are multiples of five bytes. */
export const bytesToBase32 = (bytes: Buffer): string => {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((group) => BASE32_ALPHABET.charAt(Number.parseInt(group, 2))).join('');
};

const BASE32_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
