import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mail } from './mail.ts';
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
    host: '127.0.0.1',
    random: randomBytes,
    now: () => clock.nowMs,
    deliver: (mail) => void mails.push(mail),
    ...options,
    stateDir,
  });
  return {
    cognito,
    stateDir,
    mails,
    clock,
    newestCode: (to) => mails.findLast((mail) => mail.to === to)?.code ?? '',
    call: (operation, body) => callOperation(cognito.url, operation, body),
    [Symbol.asyncDispose]: async () => {
      await cognito.close();
      if (options.stateDir === undefined) rmSync(stateDir, { recursive: true });
    },
  };
};

const callOperation = async (url: string, operation: string, body: unknown): Promise<CallReply> => {
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
