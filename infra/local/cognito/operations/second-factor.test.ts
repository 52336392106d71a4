import { expect, it } from 'vitest';
import { startTestPool, type TestPool, tokensOf } from '../test-pool.ts';
import { TOTP_STEP_MS, totpAt } from '../totp.ts';

const ANA = 'ana@example.com';
const PASSWORD = 'Orange-Kettle-42';
const SECRET = Buffer.alloc(20, 7);

/** Ana's access token, in a pool where every random byte is 7 and so is every byte of her secret. */
const signInAna = async (pool: TestPool): Promise<string> => {
  await pool.register(ANA, PASSWORD);
  return tokensOf(await pool.signIn(ANA, PASSWORD)).access;
};

const codeNow = (pool: TestPool): string => totpAt(SECRET, Math.floor(pool.clock.nowMs / TOTP_STEP_MS));

const wrongCode = (pool: TestPool): string => String((Number(codeNow(pool)) + 1) % 1_000_000).padStart(6, '0');

const startFixedPool = () => startTestPool({ random: (sizeBytes) => Buffer.alloc(sizeBytes, 7) });

const demandTotp = async (pool: TestPool): Promise<void> => {
  const AccessToken = await signInAna(pool);
  await pool.call('AssociateSoftwareToken', { AccessToken });
  await pool.call('VerifySoftwareToken', { AccessToken, UserCode: codeNow(pool) });
  await pool.call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });
  pool.clock.nowMs += 2 * TOTP_STEP_MS;
};

it('five wrong codes end the sign-in and lock the second factor', async () => {
  await using pool = await startFixedPool();
  await demandTotp(pool);
  const challenged = await pool.signIn(ANA, PASSWORD);
  const answer = (Session: unknown, code: string) =>
    pool.call('RespondToAuthChallenge', {
      ClientId: pool.cognito.clientId,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session,
      ChallengeResponses: { SOFTWARE_TOKEN_MFA_CODE: code },
    });
  for (let tries = 0; tries < 5; tries += 1) {
    expect((await answer(challenged.body.Session, wrongCode(pool))).errorType).toBe('CodeMismatchException');
  }
  expect((await answer(challenged.body.Session, codeNow(pool))).body.message).toBe('Invalid session for the user.');
  const again = await pool.signIn(ANA, PASSWORD);
  expect((await answer(again.body.Session, codeNow(pool))).body.message).toBe('Password attempts exceeded');
  pool.clock.nowMs += 1000;
  expect((await answer(again.body.Session, codeNow(pool))).body.AuthenticationResult).toBeDefined();
});

it('an offered secret counts for nothing until its code has been given', async () => {
  await using pool = await startTestPool();
  const AccessToken = await signInAna(pool);
  const early = await pool.call('VerifySoftwareToken', { AccessToken, UserCode: '123456' });
  expect(early.errorType).toBe('SoftwareTokenMFANotFoundException');
  const [first, second] = [
    await pool.call('AssociateSoftwareToken', { AccessToken }),
    await pool.call('AssociateSoftwareToken', { AccessToken }),
  ];
  expect(first.body.SecretCode).toMatch(/^[A-Z2-7]{32}$/);
  expect(second.body.SecretCode).not.toBe(first.body.SecretCode);
  const demand = { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } };
  expect((await pool.call('SetUserMFAPreference', demand)).errorType).toBe('InvalidParameterException');
});

it('wrong codes at set-up are limited', async () => {
  await using pool = await startFixedPool();
  const AccessToken = await signInAna(pool);
  await pool.call('AssociateSoftwareToken', { AccessToken });
  const verify = (UserCode: string) => pool.call('VerifySoftwareToken', { AccessToken, UserCode });
  for (let tries = 0; tries < 5; tries += 1) {
    expect((await verify(wrongCode(pool))).errorType).toBe('EnableSoftwareTokenMFAException');
  }
  expect((await verify(codeNow(pool))).errorType).toBe('LimitExceededException');
});

it('a factor this pool does not offer cannot be demanded', async () => {
  await using pool = await startTestPool();
  const AccessToken = await signInAna(pool);
  const reply = await pool.call('SetUserMFAPreference', { AccessToken, SMSMfaSettings: { Enabled: true } });
  expect(reply.errorType).toBe('InvalidParameterException');
});
