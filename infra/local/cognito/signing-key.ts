import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import { createAtomicFile } from './atomic-file.ts';

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The body of `/.well-known/jwks.json` (RFC 7517). */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
}

/** RSA 2048 for RS256, made at first start and kept, so that tokens outlive a restart. Throws a StartError on a damaged file. */
export const openSigningKey = (stateDir: string): SigningKey => {
  const path = join(stateDir, 'signing-key.pem');
  const file = createAtomicFile(path);
  const stored = file.read();
  if (stored !== undefined) return describeKey(readKey(path, stored));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  file.write(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  return describeKey(privateKey);
};

const readKey = (path: string, stored: string): KeyObject => {
  try {
    return createPrivateKey(stored);
  } catch {
    throw new StartError(`${path} is damaged: delete it, and the next start makes a new one.`);
  }
};

/** The key id is the RFC 7638 thumbprint, so it needs no storing. */
const describeKey = (privateKey: KeyObject): SigningKey => {
  const publicKey = createPublicKey(privateKey);
  const { e, n } = publicKey.export({ format: 'jwk' });
  const keyId = createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');
  const jwks = { keys: [{ alg: 'RS256', e, kid: keyId, kty: 'RSA', n, use: 'sig' }] };
  return { keyId, privateKey, publicKey, jwks };
};
