import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Jwks } from 'aws-jwt-verify/jwk';

export interface TestIssuer {
  readonly issuer: string;
  readonly clientId: string;
  readonly jwks: Jwks;
  readonly publicKey: KeyObject;
  /** A good access token, but for what the test changes. `undefined` leaves a claim out. */
  readonly token: (claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>) => string;
}

const keyId = 'key-1';

/** Signs as a user pool would, with a key of its own. */
export function createTestIssuer(): TestIssuer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const issuer = 'http://localhost/eu-west-1_abcdefghi';
  const clientId = 'client-1';
  const nowS = Math.floor(Date.now() / 1000);
  const good = { sub: 'user-1', iss: issuer, client_id: clientId, token_use: 'access', iat: nowS - 5, exp: nowS + 600 };
  return {
    issuer,
    clientId,
    publicKey,
    jwks: { keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid: keyId, n, e }] },
    token: (claims = {}, header = {}) => {
      const signed = `${encoded({ alg: 'RS256', kid: keyId, ...header })}.${encoded({ ...good, ...claims })}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
  };
}

/** The public key's text taken for a shared secret: what a verifier that trusts the header's `alg` would accept. */
export function hmacConfusedToken({ token, publicKey }: TestIssuer): string {
  const [, payload = ''] = token().split('.');
  const signed = `${encoded({ alg: 'HS256', kid: keyId })}.${payload}`;
  const secret = publicKey.export({ type: 'spki', format: 'pem' });
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

export function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
