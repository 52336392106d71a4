import { createHash, createHmac, getDiffieHellman, hkdfSync } from 'node:crypto';
import type { SrpIdentity } from './srp.ts';

/** The client's half of SRP, written from the formulas of RFC 5054 and sharing nothing with the server's file. */
export interface SrpTestClient {
  readonly publicHex: string;
  signClaim(challenge: SrpChallenge): Buffer;
}

export interface SrpChallenge extends SrpIdentity {
  readonly password: string;
  readonly saltHex: string;
  readonly serverPublicHex: string;
  readonly secretBlock: Buffer;
  readonly timestamp: string;
}

export const createSrpTestClient = (): SrpTestClient => {
  const clientPublic = power(2n, PRIVATE, PRIME);
  return {
    publicHex: clientPublic.toString(16),
    signClaim: ({ poolName, userId, password, saltHex, serverPublicHex, secretBlock, timestamp }) => {
      const serverPublic = BigInt(`0x${serverPublicHex}`);
      const k = hashNumber(signed(PRIME), signed(2n));
      const u = hashNumber(signed(clientPublic), signed(serverPublic));
      const x = hashNumber(signed(BigInt(`0x${saltHex}`)), sha256(Buffer.from(`${poolName}${userId}:${password}`)));
      const base = (serverPublic - ((k * power(2n, x, PRIME)) % PRIME) + PRIME) % PRIME;
      const shared = power(base, PRIVATE + u * x, PRIME);
      const key = Buffer.from(hkdfSync('sha256', signed(shared), signed(u), 'Caldera Derived Key', 16));
      const message = [Buffer.from(poolName + userId), secretBlock, Buffer.from(timestamp)];
      return createHmac('sha256', key).update(Buffer.concat(message)).digest();
    },
  };
};

const PRIVATE = 0x1234567890abcdef1234567890abcdefn;

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const toNumber = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
const hashNumber = (...parts: readonly Buffer[]): bigint => toNumber(sha256(Buffer.concat(parts)));

/** RFC 3526, group 15, as Node has it. */
const PRIME = toNumber(getDiffieHellman('modp15').getPrime());

/** Two's complement: one zero byte before a set top bit. */
const signed = (value: bigint): Buffer => {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return bytes.readUInt8(0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
};

const power = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  if (exponent === 0n) return 1n;
  const half = power((base * base) % modulus, exponent >> 1n, modulus);
  return exponent & 1n ? (half * base) % modulus : half;
};
