import { describe, expect, it } from 'vitest';
import { createJwtAuthorizer } from './jwt-authorizer.ts';
import { createTestIssuer, encoded, hmacConfusedToken, type TestIssuer } from './test-tokens.ts';

const issuer = createTestIssuer();
const nowS = Math.floor(Date.now() / 1000);

function authorizer({ jwks }: Pick<TestIssuer, 'jwks'> = issuer) {
  return createJwtAuthorizer({ issuer: issuer.issuer, clientId: issuer.clientId, loadJwks: async () => jwks });
}

describe('a token is let through', () => {
  it('with every claim as text', async () => {
    const token = issuer.token({ exp: nowS + 60, iat: nowS - 1, email_verified: true, groups: ['a', 'b'] });
    expect(await authorizer()(`Bearer ${token}`)).toEqual({
      type: 'authorized',
      claims: {
        sub: 'user-1',
        iss: issuer.issuer,
        client_id: issuer.clientId,
        token_use: 'access',
        exp: String(nowS + 60),
        iat: String(nowS - 1),
        email_verified: 'true',
        groups: '[a b]',
      },
    });
  });

  it.each([
    ['without the word Bearer', issuer.token()],
    ['with bearer in small letters', `bearer ${issuer.token()}`],
    ['whose audience is the client', `Bearer ${issuer.token({ client_id: undefined, aud: issuer.clientId })}`],
    ['whose audiences include it', `Bearer ${issuer.token({ client_id: undefined, aud: ['x', issuer.clientId] })}`],
    ['that was just issued', `Bearer ${issuer.token({ nbf: nowS, iat: nowS })}`],
  ])('%s', async (_, authorization) => {
    expect((await authorizer()(authorization)).type).toBe('authorized');
  });
});

describe('a token is refused', () => {
  const [header = '', payload = '', signature = ''] = issuer.token().split('.');
  const otherSub = encoded({ sub: 'user-2', iss: issuer.issuer, client_id: issuer.clientId, exp: nowS + 600 });

  it.each([
    ['expired a second ago', issuer.token({ exp: nowS - 1 }), 'the token has expired'],
    ['that never expires', issuer.token({ exp: undefined }), 'the token is not valid'],
    ['not valid before a minute from now', issuer.token({ nbf: nowS + 60 }), 'the token is not valid yet'],
    ['issued a minute from now', issuer.token({ iat: nowS + 60 }), 'the token is not valid yet'],
    ['of another issuer', issuer.token({ iss: `${issuer.issuer}x` }), 'the token is of another issuer'],
    ['of no issuer', issuer.token({ iss: undefined }), 'the token is of another issuer'],
    ['for another client', issuer.token({ client_id: 'client-2' }), 'the token is for another audience'],
    ['for no client', issuer.token({ client_id: undefined }), 'the token is for another audience'],
    ['for another audience, though by our client', issuer.token({ aud: 'x' }), 'the token is for another audience'],
    ['unsigned', `${encoded({ alg: 'none', kid: 'key-1' })}.${payload}.`, 'the token is not valid'],
    ['unsigned, keeping a signature', `${encoded({ alg: 'none' })}.${payload}.${signature}`, 'the token is not valid'],
    ['signed with the public key as a secret', hmacConfusedToken(issuer), 'the token is not valid'],
    ['with another payload', `${header}.${otherSub}.${signature}`, 'the token is not valid'],
    ['with a broken signature', `${header}.${payload}.${signature.slice(4)}`, 'the token is not valid'],
    ['signed with an unknown key', createTestIssuer().token(), 'the token is not valid'],
    ['naming a key that is not there', issuer.token({}, { kid: 'key-2' }), 'the token is not valid'],
    ['naming no key', issuer.token({}, { kid: undefined }), 'the token is not valid'],
    ['that is no token', 'abc', 'the token is not valid'],
    ['with a claim of the wrong type', issuer.token({ exp: 'soon' }), 'the token is not valid'],
  ])('%s', async (_, token, reason) => {
    expect(await authorizer()(`Bearer ${token}`)).toEqual({ type: 'invalid-token', reason });
  });

  it.each([undefined, '', 'Bearer', 'Bearer '])('where the header is %j', async (authorization) => {
    expect(await authorizer()(authorization)).toEqual({ type: 'no-token' });
  });

  it('when the keys cannot be loaded', async () => {
    const authorize = createJwtAuthorizer({
      ...issuer,
      loadJwks: () => Promise.reject(new Error('unreachable')),
    });
    expect((await authorize(issuer.token())).type).toBe('invalid-token');
  });
});

it('loads the keys once for many tokens', async () => {
  let loads = 0;
  const loadJwks = async () => {
    loads += 1;
    return issuer.jwks;
  };
  const authorize = createJwtAuthorizer({ ...issuer, loadJwks });
  for (const sub of ['a', 'b', 'c']) await authorize(issuer.token({ sub }));
  expect(loads).toBe(1);
});
