import type { GetAccessToken } from './model/access-token.ts';
import { now, schedule } from './platform/clock.ts';
import { type CognitoAccount, createCognitoAccount } from './platform/cognito-account.ts';
import { createConfig } from './platform/config.ts';
import { chance, newReplicaId } from './platform/ids.ts';
import { createKeyValueStore } from './platform/key-value-store.ts';
import { oneTabAtATime } from './platform/one-tab-at-a-time.ts';
import { createHttpTransport } from './sync/http-transport.ts';
import { syncOnce } from './sync/sync-once.ts';

/** As long as a tab waits for another. */
const otherTabMsMax = 5000;

const config = createConfig({ getItem: () => null, setItem: () => undefined });
let account: CognitoAccount | undefined;

/** Syncs the ledger of whoever is signed in, in the service worker. Rejects for the browser to ask again later. */
const backUp = async (): Promise<void> => {
  const known = await config();
  if (!known) throw new Error('the deployment cannot be reached');
  account ??= createCognitoAccount(known, createKeyValueStore('fintrack-tokens'));
  const session = createWorkerSession(account);
  const userId = await session.userId();
  // Nobody, or nobody without their password: the page says so when it is opened.
  if (userId === undefined) return;
  const phase = await syncOnce(userId, {
    transport: createHttpTransport({ apiUrl: async () => known.api, accessToken: session.accessToken }),
    now,
    chance,
    newReplicaId,
    schedule,
    // The browser says so by asking, whatever a worker's own view of the network is.
    isOnline: () => true,
    exclusively: (name, work) => oneTabAtATime(`fintrack ${name}`, otherTabMsMax, work),
  });
  if (phase.type === 'waitingToRetry') throw new Error(`not all is backed up: ${phase.why.type}`);
};

/** The sign-in that the pages left; nothing of it is ever changed here but a token that ran out. */
const createWorkerSession = (cognito: CognitoAccount) => {
  const signedIn = (isRefused: boolean) =>
    oneTabAtATime('fintrack token', otherTabMsMax, () => cognito.signedIn(isRefused));
  const isOver = (error: unknown): boolean => cognito.toError(error).type === 'wrongPassword';
  const accessToken: GetAccessToken = async ({ isRefused }) => {
    try {
      const found = await signedIn(isRefused);
      return found ? { type: 'token', token: found.accessToken } : { type: 'signInNeeded' };
    } catch (error) {
      return { type: isOver(error) ? 'signInNeeded' : 'unreachable' };
    }
  };
  const userId = async (): Promise<string | undefined> => {
    try {
      return (await signedIn(false))?.userId;
    } catch (error) {
      if (isOver(error)) return undefined;
      throw error;
    }
  };
  return { accessToken, userId };
};

Object.assign(globalThis, { backUp });
