import { request as httpRequest } from 'node:http';
import { expect, it } from 'vitest';
import { BODY_SIZE_MAX_BYTES } from './endpoint.ts';
import { startTestPool } from './test-pool.ts';

it('an unknown operation is named so, also one that every object inherits', async () => {
  await using pool = await startTestPool();
  for (const operation of ['AdminCreateUser', 'constructor', '', 'SignUp.x']) {
    const reply = await pool.call(operation, {});
    expect([reply.status, reply.errorType, reply.body.__type]).toEqual([
      400,
      'UnknownOperationException',
      'UnknownOperationException',
    ]);
  }
});

it.each(['', '{', '[]', 'null', '"x"', '{"ClientId":5,"Username":"a","Password":"b"}'])(
  'the body %j cannot be read',
  async (body) => {
    await using pool = await startTestPool();
    expect(await pool.call('SignUp', body)).toMatchObject({ status: 400, errorType: 'SerializationException' });
  },
);

it('a missing field is named', async () => {
  await using pool = await startTestPool();
  expect(await pool.call('ConfirmSignUp', { ClientId: pool.cognito.clientId, Username: 'ana@example.com' })).toEqual({
    status: 400,
    errorType: 'InvalidParameterException',
    body: { __type: 'InvalidParameterException', message: 'Missing required parameter ConfirmationCode' },
  });
});

it('another client id is unknown here', async () => {
  await using pool = await startTestPool();
  const reply = await pool.call('ForgotPassword', { ClientId: 'other', Username: 'ana@example.com' });
  expect(reply.errorType).toBe('ResourceNotFoundException');
});

it('a body beyond the limit is cut off with an answer', async () => {
  await using pool = await startTestPool();
  const status = await new Promise((resolve, reject) => {
    const headers = { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' };
    const request = httpRequest(pool.cognito.url, { method: 'POST', headers });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    // Never ended: the answer may not wait for the rest.
    request.write('x'.repeat(BODY_SIZE_MAX_BYTES + 1));
  });
  expect(status).toBe(413);
});

it('a page of this machine may call, another may not', async () => {
  await using pool = await startTestPool();
  const preflight = (origin: string) =>
    fetch(pool.cognito.url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-amz-target' },
    });
  const near = await preflight('http://localhost:5173');
  expect(near.status).toBe(204);
  expect(near.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
  const far = await preflight('https://example.com');
  expect(far.headers.get('access-control-allow-origin')).toBeNull();
});

it('the keys and the configuration are published under the pool id', async () => {
  await using pool = await startTestPool();
  const base = `${pool.cognito.url}/${pool.cognito.userPoolId}/.well-known`;
  const configuration = await (await fetch(`${base}/openid-configuration`)).json();
  expect(configuration).toMatchObject({ issuer: pool.cognito.issuer, jwks_uri: `${base}/jwks.json` });
  const jwks = await (await fetch(`${base}/jwks.json`)).json();
  expect(jwks).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig' }] });
  expect(JSON.stringify(jwks)).not.toContain('"d"');
  expect((await fetch(`${pool.cognito.url}/other/.well-known/jwks.json`)).status).toBe(404);
});

it('the issuer can be another than the address', async () => {
  await using pool = await startTestPool({ issuer: 'http://localhost:4000/pool' });
  expect(pool.cognito.issuer).toBe('http://localhost:4000/pool');
});
