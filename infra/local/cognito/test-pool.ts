import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mail } from './mail.ts';
import { createSrpTestClient, type SrpTestClient } from './srp-test-client.ts';
import { type RunningCognito, type StartCognitoOptions, startCognito } from './start-cognito.ts';

/** A pool on a folder of its own with a clock in the test's hand; `await using` ends it and removes the folder. */
export interface TestPool extends AsyncDisposable {
  readonly cognito: RunningCognito;
  readonly stateDir: string;
  readonly mails: readonly Mail[];
  readonly clock: { nowMs: number };
  newestCode(to: string): string;
  /** Calls one operation as any client would. */
  call(operation: string, body: unknown): Promise<CallReply>;
  /** Signs up and confirms; answers the `sub`. */
  register(email: string, password: string): Promise<string>;
  /** The whole SRP exchange; the reply is that of its last request. */
  signIn(email: string, password: string): Promise<CallReply>;
}

export interface CallReply {
  readonly status: number;
  readonly errorType: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

export const startTestPool = async (options: Partial<StartCognitoOptions> = {}): Promise<TestPool> => {
  const stateDir = options.stateDir ?? mkdtempSync(join(tmpdir(), 'cognito-'));
  const clock = { nowMs: Date.parse('2026-11-23T12:00:00Z') };
  const mails: Mail[] = [];
  const cognito = await startCognito({
    port: 0,
    random: randomBytes,
    now: () => clock.nowMs,
    deliver: (mail) => void mails.push(mail),
    ...options,
    stateDir,
  });
  const call = (operation: string, body: unknown) => callOperation(cognito.url, operation, body);
  const newestCode = (to: string): string => mails.findLast((mail) => mail.to === to)?.code ?? '';
  const client = { ClientId: cognito.clientId };
  return {
    cognito,
    stateDir,
    mails,
    clock,
    newestCode,
    call,
    register: async (email, password) => {
      const { body } = await call('SignUp', { ...client, Username: email, Password: password });
      await call('ConfirmSignUp', { ...client, Username: email, ConfirmationCode: newestCode(email) });
      return String(body.UserSub);
    },
    signIn: async (email, password) => {
      const srp = createSrpTestClient();
      const AuthParameters = { USERNAME: email, SRP_A: srp.publicHex };
      const first = await call('InitiateAuth', { ...client, AuthFlow: 'USER_SRP_AUTH', AuthParameters });
      if (first.status !== 200) return first;
      const ChallengeResponses = answerChallenge(cognito.userPoolId, srp, password, first);
      return call('RespondToAuthChallenge', { ...client, ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses });
    },
    [Symbol.asyncDispose]: async () => {
      await cognito.close();
      if (options.stateDir === undefined) rmSync(stateDir, { recursive: true });
    },
  };
};

/** The tokens of a sign-in that succeeded. */
export const tokensOf = ({ body }: CallReply): { readonly access: string; readonly refresh: string } => {
  const result = body.AuthenticationResult as Readonly<Record<string, string>> | undefined;
  return { access: result?.AccessToken ?? '', refresh: result?.RefreshToken ?? '' };
};

const answerChallenge = (userPoolId: string, srp: SrpTestClient, password: string, { body }: CallReply) => {
  const challenge = body.ChallengeParameters as Readonly<Record<string, string>>;
  const { SALT = '', SRP_B = '', SECRET_BLOCK = '', USER_ID_FOR_SRP = '' } = challenge;
  const TIMESTAMP = 'Mon Nov 23 12:00:00 UTC 2026';
  const signature = srp.signClaim({
    poolName: userPoolId.split('_')[1] ?? '',
    userId: USER_ID_FOR_SRP,
    password,
    saltHex: SALT,
    serverPublicHex: SRP_B,
    secretBlock: Buffer.from(SECRET_BLOCK, 'base64'),
    timestamp: TIMESTAMP,
  });
  return {
    USERNAME: USER_ID_FOR_SRP,
    PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
    PASSWORD_CLAIM_SIGNATURE: signature.toString('base64'),
    TIMESTAMP,
  };
};

export const callOperation = async (url: string, operation: string, body: unknown): Promise<CallReply> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer = (await response.json()) as Readonly<Record<string, unknown>>;
  return { status: response.status, errorType: response.headers.get('x-amzn-errortype'), body: answer };
};
