import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * SRP-6a as Cognito speaks it: the 3072-bit group of RFC 5054 (appendix A) with SHA-256, g = 2, k = H(pad N | pad g),
 * x = H(pad salt | H(poolName userId ":" password)), and a session key of 16 bytes by HKDF (RFC 5869) over S with u as
 * its salt. "pad" is the hex of a positive two's complement number: even length, top bit clear.
 */
export interface Verifier {
  readonly saltHex: string;
  readonly verifierHex: string;
}

/** Who a verifier belongs to: a verifier is worthless under another pool name or user id. */
export interface SrpIdentity {
  /** The pool id behind its underscore. */
  readonly poolName: string;
  /** What the challenge names as USER_ID_FOR_SRP: the user's `sub`. */
  readonly userId: string;
}

/** The server's half of one exchange; lives in memory only, for one try. */
export interface SrpExchange {
  readonly clientPublic: bigint;
  readonly serverPrivate: bigint;
  readonly serverPublic: bigint;
  readonly verifierHex: string;
}

export const SALT_SIZE_BYTES = 16;
export const PRIVATE_SIZE_BYTES = 32;
export const VERIFIER_SIZE_BYTES = 384;

/** A salt travels as a number, without leading zeros. */
export const saltToHex = (salt: Buffer): string => hexToNumber(salt.toString('hex')).toString(16);

export const createVerifier = (identity: SrpIdentity, password: string, salt: Buffer): Verifier => {
  const saltHex = saltToHex(salt);
  const inner = sha256(`${identity.poolName}${identity.userId}:${password}`).toString('hex');
  const x = hashHex(pad(hexToNumber(saltHex)) + inner);
  return { saltHex, verifierHex: modPow(GENERATOR, x, GROUP_PRIME).toString(16) };
};

export const isPasswordOf = (verifier: Verifier, identity: SrpIdentity, password: string): boolean => {
  const salt = Buffer.from(pad(hexToNumber(verifier.saltHex)), 'hex');
  const claimed = createVerifier(identity, password, salt).verifierHex;
  return equalInConstantTime(Buffer.from(claimed), Buffer.from(verifier.verifierHex));
};

/** The client's public value A, or undefined where it is unreadable or a multiple of N (which would fix the key at 0). */
export const readClientPublic = (hex: string): bigint | undefined => {
  if (!/^[0-9a-f]{1,770}$/i.test(hex)) return undefined;
  const clientPublic = hexToNumber(hex);
  return clientPublic % GROUP_PRIME === 0n ? undefined : clientPublic;
};

/** `privateBytes`: 32 fresh random bytes. */
export const openExchange = (verifierHex: string, clientPublic: bigint, privateBytes: Buffer): SrpExchange => {
  const serverPrivate = hexToNumber(privateBytes.toString('hex'));
  const blinded = MULTIPLIER * hexToNumber(verifierHex) + modPow(GENERATOR, serverPrivate, GROUP_PRIME);
  return { clientPublic, serverPrivate, serverPublic: blinded % GROUP_PRIME, verifierHex };
};

/** What the client signs with the session key: pool name, user id, the challenge's secret block, its own time stamp. */
export interface PasswordClaim extends SrpIdentity {
  readonly secretBlock: Buffer;
  readonly timestamp: string;
  readonly signature: Buffer;
}

export const isClaimProven = (exchange: SrpExchange, claim: PasswordClaim): boolean => {
  const signed = createHmac('sha256', sessionKey(exchange))
    .update(claim.poolName)
    .update(claim.userId)
    .update(claim.secretBlock)
    .update(claim.timestamp)
    .digest();
  return equalInConstantTime(signed, claim.signature);
};

const sessionKey = (exchange: SrpExchange): Buffer => {
  const u = hashHex(pad(exchange.clientPublic) + pad(exchange.serverPublic));
  const base = exchange.clientPublic * modPow(hexToNumber(exchange.verifierHex), u, GROUP_PRIME);
  const shared = modPow(base, exchange.serverPrivate, GROUP_PRIME);
  const key = hkdfSync(
    'sha256',
    Buffer.from(pad(shared), 'hex'),
    Buffer.from(pad(u), 'hex'),
    'Caldera Derived Key',
    16,
  );
  return Buffer.from(key);
};

const equalInConstantTime = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

const modPow = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
};

const pad = (number: bigint): string => {
  const hex = number.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
};

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const hexToNumber = (hex: string): bigint => BigInt(`0x${hex}`);
const hashHex = (hex: string): bigint => hexToNumber(sha256(Buffer.from(hex, 'hex')).toString('hex'));

const GENERATOR = 2n;

const GROUP_PRIME = hexToNumber(
  [
    'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B',
    '302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6',
    '49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D',
    '670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718',
    '3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D',
    'B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C',
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
  ].join(''),
);

const MULTIPLIER = hashHex(pad(GROUP_PRIME) + pad(GENERATOR));
