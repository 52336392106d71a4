import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JwtRsaVerifier } from 'aws-jwt-verify';
import { expect, it, onTestFinished } from 'vitest';
import type { Session, User } from './pool-state.ts';
import { openSigningKey } from './signing-key.ts';
import { hashRefreshToken, readAccessToken, signAccessToken, signIdToken, type TokenFacts } from './tokens.ts';

const issuer = 'http://localhost:9999/eu-west-1_Abc123xyz';
const sub = '4b1c8f3e-0000-4000-8000-000000000001';

const user: User = {
  sub,
  email: 'ana@example.com',
  status: 'CONFIRMED',
  name: 'Ana',
  locale: undefined,
  zoneinfo: undefined,
  createdAtMs: 0,
  verifier: { saltHex: '1', verifierHex: '2' },
  signUpCode: undefined,
  resetCode: undefined,
  totp: undefined,
  totpOfferedHex: undefined,
  postConfirmationOwed: false,
};
const session: Session = {
  originJti: '4b1c8f3e-0000-4000-8000-000000000002',
  sub,
  clientId: 'client',
  refreshTokenHashHex: hashRefreshToken('r'),
  authTimeS: 1_000,
  expiresAtMs: 9e15,
  revoked: false,
};
const ids = { accessJti: 'a', idJti: 'i', eventId: 'e' };

const openKey = () => {
  const folder = mkdtempSync(join(tmpdir(), 'key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { folder, key: openSigningKey(folder) };
};

it('another library accepts the tokens by the published keys alone', () => {
  const { key } = openKey();
  const facts: TokenFacts = { issuer, user, session, nowMs: Date.now(), ...ids };
  const verifier = JwtRsaVerifier.create({ issuer, audience: null, jwksUri: 'https://unused.invalid/jwks.json' });
  verifier.cacheJwks(JSON.parse(JSON.stringify(key.jwks)));
  expect(verifier.verifySync(signAccessToken(key, facts))).toMatchObject({
    sub,
    token_use: 'access',
    client_id: 'client',
  });
  expect(verifier.verifySync(signIdToken(key, facts))).toMatchObject({ token_use: 'id', aud: 'client', name: 'Ana' });
});

it('the key survives being opened again', () => {
  const { key, folder } = openKey();
  expect(openSigningKey(folder).jwks).toEqual(key.jwks);
});

it('an access token is read back; an id token, a forged or altered one or another issuer’s is not', () => {
  const { key } = openKey();
  const facts: TokenFacts = { issuer, user, session, nowMs: 5_000_000, ...ids };
  const token = signAccessToken(key, facts);
  expect(readAccessToken(key, issuer, token)).toMatchObject({ sub, exp: 5_000 + 3_600 });
  expect(readAccessToken(key, issuer, signIdToken(key, facts))).toBeUndefined();
  expect(readAccessToken(key, `${issuer}x`, token)).toBeUndefined();
  expect(readAccessToken(key, issuer, `${token}.x`)).toBeUndefined();
  expect(readAccessToken(key, issuer, 'nonsense')).toBeUndefined();
  const [header, payload, signature] = token.split('.');
  const altered = Buffer.from(payload ?? '', 'base64url')
    .toString()
    .replace(sub, sub.replace('4b', '5b'));
  expect(
    readAccessToken(key, issuer, `${header}.${Buffer.from(altered).toString('base64url')}.${signature}`),
  ).toBeUndefined();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forged = { ...key, privateKey };
  expect(readAccessToken(key, issuer, signAccessToken(forged, facts))).toBeUndefined();
});

it('the algorithm a token names is not obeyed', () => {
  const { key } = openKey();
  const claims = { sub, iss: issuer, client_id: 'client', token_use: 'access', origin_jti: 'o', exp: 9e9 };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  expect(readAccessToken(key, issuer, `${part({ alg: 'none' })}.${part(claims)}.`)).toBeUndefined();
  const wrongHash = `${part({ alg: 'RS512' })}.${part(claims)}`;
  const signature = sign('sha512', Buffer.from(wrongHash), key.privateKey).toString('base64url');
  expect(readAccessToken(key, issuer, `${wrongHash}.${signature}`)).toBeUndefined();
});
