import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ConfirmedUser } from './pool-context.ts';
import { type StartCognitoOptions, startCognito } from './start-cognito.ts';
import { startTestPool, tokensOf } from './test-pool.ts';

const ANA = 'ana@example.com';
const PASSWORD = 'Orange-Kettle-42';

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'pool-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

it('after a restart people, their tokens and their lockouts are as before', async () => {
  const stateDir = newFolder();
  const before = await startTestPool({ stateDir });
  await before.register(ANA, PASSWORD);
  const { access, refresh } = tokensOf(await before.signIn(ANA, PASSWORD));
  for (let tries = 0; tries < 5; tries += 1) await before.signIn('ben@example.com', 'x');
  const { issuer, userPoolId, clientId } = before.cognito;
  await before[Symbol.asyncDispose]();
  await using after = await startTestPool({ stateDir, issuer });
  expect(after.cognito).toMatchObject({ userPoolId, clientId });
  expect((await after.call('GetUser', { AccessToken: access })).status).toBe(200);
  expect((await after.call('GetTokensFromRefreshToken', { ClientId: clientId, RefreshToken: refresh })).status).toBe(
    200,
  );
  expect((await after.signIn('ben@example.com', 'x')).body.message).toBe('Password attempts exceeded');
  expect((await after.signIn(ANA, PASSWORD)).status).toBe(200);
});

it('another pool id is refused, since it would void every password', async () => {
  const stateDir = newFolder();
  const options: StartCognitoOptions = { port: 0, stateDir, deliver: () => undefined };
  const first = await startCognito({ ...options, userPoolId: 'eu-west-1_Abc123xyz', clientId: 'web' });
  await first.close();
  await expect(startCognito({ ...options, userPoolId: 'eu-west-1_Other1234' })).rejects.toThrow(/tied to the pool id/);
  await expect(startCognito({ ...options, userPoolId: 'nonsense' })).rejects.toThrow(/no user pool id/);
});

it('the folder holds neither a password nor a code nor a refresh token', async () => {
  await using pool = await startTestPool();
  await pool.register(ANA, PASSWORD);
  const { refresh } = tokensOf(await pool.signIn(ANA, PASSWORD));
  await pool.call('ForgotPassword', { ClientId: pool.cognito.clientId, Username: ANA });
  const kept = readFileSync(join(pool.stateDir, 'pool.json'), 'utf8');
  for (const secret of [PASSWORD, refresh]) expect(kept).not.toContain(secret);
  expect(kept).not.toContain(`"${pool.newestCode(ANA)}"`);
});

it.each(['REFRESH_TOKEN', 'REFRESH_TOKEN_AUTH'])(
  'the flow %s refreshes too, without rotating the token',
  async (flow) => {
    await using pool = await startTestPool();
    await pool.register(ANA, PASSWORD);
    const { refresh } = tokensOf(await pool.signIn(ANA, PASSWORD));
    const renew = (token: string) =>
      pool.call('InitiateAuth', {
        ClientId: pool.cognito.clientId,
        AuthFlow: flow,
        AuthParameters: { REFRESH_TOKEN: token },
      });
    expect(tokensOf(await renew(refresh))).toMatchObject({ access: expect.stringMatching(/^ey/), refresh: '' });
    expect((await renew(`${refresh}x`)).body.message).toBe('Invalid Refresh Token');
    pool.clock.nowMs += 30 * 24 * 3_600_000;
    expect((await renew(refresh)).body.message).toBe('Refresh Token has expired');
  },
);

it('flows that would send the password are not enabled', async () => {
  await using pool = await startTestPool();
  const AuthParameters = { USERNAME: ANA, PASSWORD };
  const body = { ClientId: pool.cognito.clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters };
  expect(await pool.call('InitiateAuth', body)).toMatchObject({ errorType: 'InvalidParameterException' });
});

it('an unknown person is challenged like a known one: the same each time, with the same fields', async () => {
  await using pool = await startTestPool();
  await pool.register(ANA, PASSWORD);
  const challenge = async (email: string) => {
    const AuthParameters = { USERNAME: email, SRP_A: 'abcdef' };
    const body = { ClientId: pool.cognito.clientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters };
    return (await pool.call('InitiateAuth', body)).body.ChallengeParameters as Readonly<Record<string, string>>;
  };
  const [known, unknown, again, other] = [
    await challenge(ANA),
    await challenge('Nobody@example.com'),
    await challenge('nobody@example.com'),
    await challenge('nobody2@example.com'),
  ];
  expect(Object.keys(unknown ?? {})).toEqual(Object.keys(known ?? {}));
  expect([again?.SALT, again?.USER_ID_FOR_SRP]).toEqual([unknown?.SALT, unknown?.USER_ID_FOR_SRP]);
  expect(other?.SALT).not.toBe(unknown?.SALT);
  expect(unknown?.USER_ID_FOR_SRP).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('a lockout does not tell who exists', async () => {
  await using pool = await startTestPool();
  await pool.register(ANA, PASSWORD);
  const messages = async (email: string) => {
    const seen: unknown[] = [];
    for (let tries = 0; tries < 7; tries += 1) seen.push((await pool.signIn(email, 'wrong')).body.message);
    return seen;
  };
  expect(await messages('nobody@example.com')).toEqual(await messages(ANA));
});

it('codes are sent ten times an hour at most, for known and unknown addresses alike', async () => {
  await using pool = await startTestPool();
  await pool.register(ANA, PASSWORD);
  for (const Username of [ANA, 'nobody@example.com']) {
    const ask = () => pool.call('ForgotPassword', { ClientId: pool.cognito.clientId, Username });
    for (let asked = 0; asked < 10; asked += 1) expect((await ask()).status).toBe(200);
    expect((await ask()).errorType).toBe('LimitExceededException');
  }
  expect(pool.mails.filter(({ to }) => to === 'nobody@example.com')).toEqual([]);
});

it('an address that is none, or a mail that cannot be delivered, is said so', async () => {
  await using pool = await startTestPool({ deliver: () => Promise.reject(new Error('disk full')) });
  const signUp = (Username: string) =>
    pool.call('SignUp', { ClientId: pool.cognito.clientId, Username, Password: PASSWORD });
  expect((await signUp('ana')).body.message).toBe('Username should be an email.');
  expect(await signUp(ANA)).toMatchObject({
    errorType: 'CodeDeliveryFailureException',
    body: { message: 'The code could not be delivered: disk full' },
  });
});

it('the trigger is called once with what Cognito would put into its event', async () => {
  const calls: ConfirmedUser[] = [];
  await using pool = await startTestPool({ onConfirmed: async (user) => void calls.push(user) });
  const sub = await pool.register(ANA, PASSWORD);
  await pool.signIn(ANA, PASSWORD);
  expect(calls).toEqual([
    {
      userPoolId: pool.cognito.userPoolId,
      userName: sub,
      userAttributes: { sub, email: ANA, email_verified: 'true', 'cognito:user_status': 'CONFIRMED' },
    },
  ]);
});

it('a trigger that fails is tried three times, fails the call, and leaves the person confirmed and the call owed', async () => {
  let failures = 3;
  const calls: string[] = [];
  const onConfirmed = async ({ userName }: ConfirmedUser) => {
    calls.push(userName);
    failures -= 1;
    if (failures >= 0) throw new Error('no table');
  };
  await using pool = await startTestPool({ onConfirmed });
  const client = { ClientId: pool.cognito.clientId, Username: ANA };
  await pool.call('SignUp', { ...client, Password: PASSWORD });
  const confirm = () => pool.call('ConfirmSignUp', { ...client, ConfirmationCode: pool.newestCode(ANA) });
  expect(await confirm()).toMatchObject({
    errorType: 'UserLambdaValidationException',
    body: { message: 'PostConfirmation failed with error no table.' },
  });
  expect(calls.length).toBe(3);
  expect((await confirm()).body.message).toBe('User cannot be confirmed. Current status is CONFIRMED');
  expect((await pool.signIn(ANA, PASSWORD)).status).toBe(200);
  expect((await pool.signIn(ANA, PASSWORD)).status).toBe(200);
  expect(calls.length).toBe(4);
});

it('deleting a person ends their tokens', async () => {
  await using pool = await startTestPool();
  await pool.register(ANA, PASSWORD);
  const { access, refresh } = tokensOf(await pool.signIn(ANA, PASSWORD));
  await pool.call('DeleteUser', { AccessToken: access });
  expect((await pool.call('GetUser', { AccessToken: access })).errorType).toBe('UserNotFoundException');
  const renewed = await pool.call('GetTokensFromRefreshToken', {
    ClientId: pool.cognito.clientId,
    RefreshToken: refresh,
  });
  expect(renewed.errorType).toBe('NotAuthorizedException');
});
