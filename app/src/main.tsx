import { mountApp } from './app/mount-app.tsx';
import type { Services } from './model/services.ts';
import { now, schedule, today } from './platform/clock.ts';
import { createConfig } from './platform/config.ts';
import { chance, newId, newReplicaId } from './platform/ids.ts';
import { createKeyValueStore } from './platform/key-value-store.ts';
import { createLazyAdvisor } from './platform/lazy-advisor.ts';
import { createLazyStorageGuard } from './platform/lazy-storage-guard.ts';
import { oneTabAtATime, unlessBusy } from './platform/one-tab-at-a-time.ts';
import { saveFile } from './platform/save-file.ts';
import { createSession } from './platform/session.ts';
import { systemDefaults } from './platform/system-defaults.ts';
import { createAppUpdate } from './pwa/app-update.ts';
import { askForBackgroundSync } from './pwa/ask-for-background-sync.ts';
import { createLedgerHost } from './sync/ledger-host.ts';
import { startTriggers } from './sync/start-triggers.ts';

/** Longest wait for another tab; after that both work, which is slower and does no harm. */
const otherTabMsMax = 5000;

/** Builds everything the screens stand on. Nothing here waits for the network [D7]. */
const createServices = (): Services => {
  const config = createConfig(localStorage);
  const apiUrl = async () => (await config())?.api;
  const tokens = createKeyValueStore('fintrack-tokens');
  const session = createSession({
    storage: localStorage,
    tokens,
    loadAccount: once(async () => {
      const known = await config();
      return known && (await import('./platform/cognito-account.ts')).createCognitoAccount(known, tokens);
    }),
    exclusively: (work) => oneTabAtATime('fintrack token', otherTabMsMax, work),
  });
  const { accessToken } = session;
  const storage = createLazyStorageGuard({ marks: localStorage, now });
  const space = () => {
    const state = session.state();
    return state.type === 'signedIn' ? state.userId : undefined;
  };
  const server = { apiUrl, accessToken, space };
  const serverLedger = () => import('./sync/server-ledger.ts');
  const isOnline = () => navigator.onLine;
  const host = createLedgerHost({
    session,
    loadTransport: async () => (await import('./sync/http-transport.ts')).createHttpTransport({ apiUrl, accessToken }),
    now,
    newId,
    newReplicaId,
    chance,
    schedule,
    isOnline,
    defaults: systemDefaults(navigator.language),
    exclusively: (name, work) => oneTabAtATime(`fintrack ${name}`, otherTabMsMax, work),
    unlessBusy: (name, work) => unlessBusy(`fintrack ${name}`, work),
    onSaved: () => void storage.afterSave().catch(reportError),
    reportBug: reportError,
  });
  startTriggers((reason) => host.wake(reason));
  askForBackgroundSync(host.sync);
  return {
    ledger: host.ledger,
    ledgerName: () => host.ledgerName(),
    sync: host.sync,
    session,
    advisor: createLazyAdvisor(() => host.openLedger()),
    serverAdvice: {
      advice: async (asOf) => (await import('./sync/server-advice.ts')).readAdvice({ apiUrl, accessToken }, asOf),
    },
    storage,
    serverLedger: {
      receipt: async () => (await serverLedger()).readReceipt(server),
      olderHistory: async (key) => (await serverLedger()).readOlderHistory(server, key),
      deleteAccount: async () => (await serverLedger()).deleteAccount(server),
    },
    update: createAppUpdate(),
    claim: () => host.claim(),
    subscribeClaim: (onChange) => host.subscribeClaim(onChange),
    today,
    now,
    newId,
    saveFile,
    isOnline,
  };
};

/** Asks until there is an answer, and gives that one from then on. */
const once = <T,>(ask: () => Promise<T | undefined>): (() => Promise<T | undefined>) => {
  let asked: Promise<T | undefined> | undefined;
  const forget = () => void (asked = undefined);
  return async () => {
    asked ??= ask();
    asked.then((answer) => answer === undefined && forget(), forget);
    return asked;
  };
};

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
mountApp(root, createServices());
