import { createDiffieHellman, createHash, getDiffieHellman } from 'node:crypto';
import { expect, it } from 'vitest';
import { createVerifier, isClaimProven, isPasswordOf, openExchange, readClientPublic, type Verifier } from './srp.ts';
import { createSrpTestClient } from './srp-test-client.ts';

const identity = { poolName: 'Abc123xyz', userId: '4b1c8f3e-0000-4000-8000-000000000001' };
const salt = Buffer.from('70f0aa11bb22cc33dd44ee55ff667788', 'hex');
const privateBytes = Buffer.alloc(32, 0x5a);
const secretBlock = Buffer.from('a block');
const timestamp = 'Mon Nov 23 12:00:00 UTC 2026';

it('the verifier is 2 to the power of the hashed password, in the 3072-bit group as Node has it', () => {
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
  const inner = sha256(Buffer.from(`${identity.poolName}${identity.userId}:secret`));
  const group = createDiffieHellman(getDiffieHellman('modp15').getPrime(), 2);
  group.setPrivateKey(sha256(Buffer.concat([salt, inner])));
  group.generateKeys();
  expect(createVerifier(identity, 'secret', salt).verifierHex).toBe(group.getPublicKey('hex').replace(/^0+/, ''));
});

it('a client that knows the password proves it', () => {
  expect(prove(createVerifier(identity, 'secret', salt), 'secret')).toBe(true);
});

it('salts that begin with zeros or a set bit work alike', () => {
  for (const start of ['00', '000f', '80', 'ff']) {
    const bytes = Buffer.from(start.padEnd(32, '1'), 'hex');
    expect(prove(createVerifier(identity, 'secret', bytes), 'secret')).toBe(true);
  }
});

it('a client with another password, or another identity, proves nothing', () => {
  expect(prove(createVerifier(identity, 'secret', salt), 'Secret')).toBe(false);
  expect(prove(createVerifier({ ...identity, userId: 'other' }, 'secret', salt), 'secret')).toBe(false);
});

it('a signature of another length proves nothing', () => {
  const exchange = openExchange(createVerifier(identity, 'secret', salt).verifierHex, 2n, privateBytes);
  expect(isClaimProven(exchange, { ...identity, secretBlock, timestamp, signature: Buffer.alloc(0) })).toBe(false);
});

it('a plain password is checked against salt and verifier alone', () => {
  const verifier = createVerifier(identity, 'pässword 密', salt);
  expect(isPasswordOf(verifier, identity, 'pässword 密')).toBe(true);
  expect(isPasswordOf(verifier, identity, 'password')).toBe(false);
});

it('a client value that would fix the key is refused', () => {
  const prime = getDiffieHellman('modp15').getPrime('hex');
  expect(readClientPublic('0')).toBeUndefined();
  expect(readClientPublic(prime)).toBeUndefined();
  expect(readClientPublic((BigInt(`0x${prime}`) * 2n).toString(16))).toBeUndefined();
  expect(readClientPublic('not hex')).toBeUndefined();
  expect(readClientPublic('f'.repeat(5000))).toBeUndefined();
  expect(readClientPublic('2')).toBe(2n);
});

const prove = (verifier: Verifier, password: string): boolean => {
  const client = createSrpTestClient();
  const exchange = openExchange(verifier.verifierHex, readClientPublic(client.publicHex) ?? 0n, privateBytes);
  const serverPublicHex = exchange.serverPublic.toString(16);
  const { saltHex } = verifier;
  const signature = client.signClaim({ ...identity, password, saltHex, serverPublicHex, secretBlock, timestamp });
  return isClaimProven(exchange, { ...identity, secretBlock, timestamp, signature });
};
