import { randomBytes } from 'node:crypto';
import { forLocalHosts } from '../local-host.ts';
import { startServer } from '../ports.ts';
import { createChallengeBook } from './challenges.ts';
import { createEndpoint } from './endpoint.ts';
import type { DeliverMail } from './mail.ts';
import { adminOperations, operations } from './operations/operations.ts';
import type { OnConfirmed, PoolContext } from './pool-context.ts';
import type { RandomBytes } from './random.ts';
import { openSigningKey } from './signing-key.ts';
import { openUserStore } from './user-store.ts';

export interface StartCognitoOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly stateDir: string;
  /** Left out: `http://localhost:PORT/<pool id>`. Tokens of another issuer are no longer accepted on this API. */
  readonly issuer?: string | undefined;
  /** `eu-west-1_` and nine letters or digits. Left out: the stored one, or at first start a new one. */
  readonly userPoolId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly now?: (() => number) | undefined;
  readonly random?: RandomBytes | undefined;
  readonly onConfirmed?: OnConfirmed | undefined;
  readonly deliver: DeliverMail;
}

export interface RunningCognito {
  /** Without a slash at its end; good as Amplify's `userPoolEndpoint` as it is. */
  readonly url: string;
  readonly issuer: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly close: () => Promise<void>;
}

/** Starts the local user pool. Rejects where the port is taken, or the stored pool is another's or unreadable. */
export const startCognito = async (options: StartCognitoOptions): Promise<RunningCognito> => {
  if (options.userPoolId !== undefined && !/^eu-west-1_[A-Za-z0-9]{9}$/.test(options.userPoolId)) {
    throw new Error(`${options.userPoolId} is no user pool id: eu-west-1_ and nine letters or digits`);
  }
  const random = options.random ?? randomBytes;
  const { stateDir, userPoolId, clientId } = options;
  const store = openUserStore({ stateDir, userPoolId, clientId, random });
  const signingKey = openSigningKey(stateDir);
  const { server, port, close } = await startServer(options.port);
  const url = `http://localhost:${port}`;
  const issuer = options.issuer ?? `${url}/${store.state.userPoolId}`;
  const context: PoolContext = {
    issuer,
    signingKey,
    store,
    challenges: createChallengeBook(),
    now: options.now ?? Date.now,
    random,
    deliver: options.deliver,
    onConfirmed: options.onConfirmed,
  };
  server.on('request', forLocalHosts(createEndpoint(context, { open: operations, signed: adminOperations })));
  return {
    url,
    issuer,
    userPoolId: store.state.userPoolId,
    clientId: store.state.clientId,
    close,
  };
};
