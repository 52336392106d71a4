import { expect, it } from 'vitest';
import { startTestPool, type TestPool, tokensOf } from '../test-pool.ts';

const ANA = 'ana@example.com';
const PASSWORD = 'Orange-Kettle-42';

const adminDelete = async ({ cognito }: TestPool, username: string, headers: Record<string, string> = signed) => {
  const reply = await fetch(cognito.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.AdminDeleteUser',
      ...headers,
    },
    body: JSON.stringify({ UserPoolId: cognito.userPoolId, Username: username }),
  });
  return [reply.status, reply.headers.get('x-amzn-errortype')];
};
const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };

it.each(['sub', 'email'])(
  'whoever runs the pool removes a person by their %s, and they cannot sign in any more',
  async (by) => {
    await using pool = await startTestPool();
    const sub = await pool.register(ANA, PASSWORD);
    const { access } = tokensOf(await pool.signIn(ANA, PASSWORD));
    expect(await adminDelete(pool, by === 'sub' ? sub : ANA)).toEqual([200, null]);
    expect((await pool.signIn(ANA, PASSWORD)).errorType).toBe('NotAuthorizedException');
    expect((await pool.call('GetUser', { AccessToken: access })).errorType).toBe('UserNotFoundException');
    expect(await adminDelete(pool, sub)).toEqual([400, 'UserNotFoundException']);
  },
);

it('nobody else does: a request that is not signed is refused', async () => {
  await using pool = await startTestPool();
  const sub = await pool.register(ANA, PASSWORD);
  expect(await adminDelete(pool, sub, {})).toEqual([400, 'MissingAuthenticationTokenException']);
  expect((await pool.signIn(ANA, PASSWORD)).status).toBe(200);
});
