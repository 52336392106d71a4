import 'fake-indexeddb/auto';
import type { TransportResult } from '@fintrack/sync-core/client';
import { fail, ok, type SyncRequest } from '@fintrack/sync-core/protocol';
import { handleSync } from '@fintrack/sync-core/server';
import { createMemoryChangeLog, createMemoryHistory, noParts } from '@fintrack/sync-core/testing';
import Dexie from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionState } from '../model/services.ts';
import { createLedgerHost, type LedgerHost, type LedgerHostDeps } from './ledger-host.ts';
import { tea } from '../data/testing/test-ledger.ts';

let ids = 0;
const newId = (): string => `${(++ids).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const newReplicaId = (): string => (++ids).toString(16).padStart(16, '0');
const signedIn = (userId: string): SessionState => ({
  type: 'signedIn',
  email: `${userId}@example.com`,
  userId,
  isVerified: true,
});

const createServer = () => {
  const log = createMemoryChangeLog();
  const network = { isUp: true };
  const send = async (request: SyncRequest): Promise<TransportResult> => {
    if (!network.isUp) return { type: 'unreachable' };
    const answered = await handleSync(createMemoryHistory(log), request.space, request, 1_800_000_000_000);
    return answered.ok ? { type: 'answer', answer: answered.value } : { type: 'refused', refusal: answered.error };
  };
  return { log, network, send };
};

/** A page: its session, its host, and timers that ring at the next turn. */
const openPage = (
  send: (request: SyncRequest) => Promise<TransportResult>,
  first: SessionState,
  other: Partial<LedgerHostDeps> = {},
) => {
  let state = first;
  const listeners = new Set<() => void>();
  const bugs: unknown[] = [];
  let clock = 1_790_000_000_000;
  const host = createLedgerHost({
    session: {
      state: () => state,
      subscribe: (onChange) => {
        listeners.add(onChange);
        return () => listeners.delete(onChange);
      },
    },
    loadTransport: async () => ({ send, part: noParts, refreshToken: async () => undefined }),
    now: () => clock++,
    newId,
    newReplicaId,
    chance: () => 0,
    // Only the pause after a save; back-off and watchdog never ring here.
    schedule: (delayMs, run) => {
      if (delayMs > 50) return () => undefined;
      const timer = setTimeout(run);
      return () => clearTimeout(timer);
    },
    isOnline: () => true,
    defaults: { currency: 'EUR', locale: 'de-DE' },
    exclusively: (_, work) => work(),
    unlessBusy: (_, work) => work(),
    onSaved: () => undefined,
    reportBug: (error) => bugs.push(error),
    ...other,
  });
  const setSession = (next: SessionState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  return { host, setSession, bugs };
};

/** Resolves once it is so; looks again whenever the host tells of anything. */
const until = (host: LedgerHost, isSo: () => boolean | Promise<boolean>): Promise<void> =>
  new Promise((resolve, reject) => {
    const stops: (() => void)[] = [];
    const look = (): void =>
      void Promise.resolve(isSo()).then((is) => {
        if (!is) return;
        for (const stop of stops) stop();
        resolve();
      }, reject);
    stops.push(host.sync.subscribe(look), host.subscribeClaim(look), host.ledger.subscribe(look));
    look();
  });

const isBackedUp =
  ({ sync }: LedgerHost) =>
  () =>
    sync.status().waiting === 0 && sync.status().backedUpAt !== null;
const databases = () => Dexie.getDatabaseNames();

describe('the open ledgers', () => {
  beforeEach(async () => {
    for (const name of await databases()) await Dexie.delete(name);
  });

  it('without an account: a local ledger with its starters, and nothing is sent', async () => {
    const sent: SyncRequest[] = [];
    const { host } = openPage(
      async (request) => {
        sent.push(request);
        return { type: 'unreachable' };
      },
      { type: 'signedOut' },
    );
    await host.ledger.saveEntry(tea);
    host.wake('asked');
    expect(await host.ledger.entryCount()).toBe(1);
    expect((await host.ledger.categories()).length).toBeGreaterThan(9);
    expect((await host.ledger.monthEntries('2026-11'))[0]?.isPending).toBe(false);
    expect(host.sync.status()).toMatchObject({ phase: { type: 'localOnly' }, isWhole: true });
    expect(sent).toEqual([]);
  });

  it('first sign-in moves the local ledger into the account, and deletes it once the server has it', async () => {
    const server = createServer();
    server.network.isUp = false;
    const { host, setSession, bugs } = openPage(server.send, { type: 'signedOut' });
    await host.ledger.saveEntry(tea);
    setSession(signedIn('ada'));
    await until(host, async () => (await host.ledger.entryCount()) === 1);
    await until(host, () => host.sync.status().phase.type === 'waitingToRetry' && host.claim().type === 'none');
    expect(await databases()).toContain('fintrack-local');
    server.network.isUp = true;
    host.sync.syncNow();
    await until(host, isBackedUp(host));
    await until(host, async () => !(await databases()).includes('fintrack-local'));
    expect(await host.ledger.entryCount()).toBe(1);
    const second = openPage(server.send, signedIn('ada'));
    // Another device would have another database: this one reads the account's log anew.
    expect(second.host.sync.status().phase.type).toBe('idle');
    expect(bugs).toEqual([]);
  });

  it('after sign-out the account keeps its ledger, and the person works in a new local one', async () => {
    const server = createServer();
    const { host, setSession } = openPage(server.send, signedIn('ada'));
    await host.ledger.saveEntry(tea);
    await until(host, isBackedUp(host));
    setSession({ type: 'signedOut' });
    expect(await host.ledger.entryCount()).toBe(0);
    setSession(signedIn('grace'));
    expect(await host.ledger.entryCount()).toBe(0);
    setSession(signedIn('ada'));
    expect(await host.ledger.entryCount()).toBe(1);
  });

  it('have names that no other ledger gets, the local one of later neither, and each keeps its own forecasts alone', async () => {
    const { host, setSession } = openPage(createServer().send, { type: 'signedOut' });
    const names = [host.ledgerName()];
    const before = await host.openLedger();
    for (const session of [signedIn('ada'), signedIn('grace'), { type: 'signedOut' } as const]) {
      setSession(session);
      names.push(host.ledgerName());
      expect((await host.openLedger()).name).toBe(host.ledgerName());
    }
    expect(new Set([...names, before.name]).size).toBe(4);
    expect((await host.openLedger()).database).toBe(before.database);
    const made = { month: '2026-11', currency: 'EUR', categoryId: null, made: '2026-11-10' };
    const forecast = { ...made, amountMinor: 1000, lowMinor: 900, highMinor: 1100 };
    for (const name of names.slice(0, -1))
      expect(await host.ledger.freezeForecasts(name, [forecast])).toEqual(fail({ type: 'otherLedger' }));
    expect(await host.ledger.freezeForecasts(host.ledgerName(), [forecast])).toEqual(ok(null));
  });

  it('the network drops in the middle of the first load: not all is here until the log was read to its end', async () => {
    const server = createServer();
    const first = openPage(server.send, signedIn('ada'));
    await first.host.ledger.saveEntry(tea);
    await until(first.host, isBackedUp(first.host));
    await first.host.ledger.saveEntry(tea);
    await until(first.host, () => first.host.sync.status().cursor > 1);
    first.setSession({ type: 'signedOut' });
    await Dexie.delete('fintrack-ada');

    const firstEntryOnly = async (request: SyncRequest): Promise<TransportResult> => {
      const result = await server.send(request);
      if (result.type !== 'answer') return result;
      server.network.isUp = false;
      return { ...result, answer: { ...result.answer, entries: result.answer.entries.slice(0, 1) } };
    };
    const { host, setSession } = openPage(firstEntryOnly, signedIn('ada'));
    await until(host, () => host.sync.status().phase.type === 'waitingToRetry');
    expect(host.sync.status()).toMatchObject({ cursor: 1, isWhole: false });
    setSession({ type: 'signedOut' });

    const later = openPage(server.send, signedIn('ada'));
    await until(later.host, () => later.host.sync.status().phase.type === 'waitingToRetry');
    expect(later.host.sync.status()).toMatchObject({ cursor: 1, isWhole: false });
    server.network.isUp = true;
    later.host.sync.syncNow();
    await until(later.host, () => later.host.sync.status().isWhole === true);
    server.network.isUp = false;
    const last = openPage(server.send, signedIn('ada'));
    await until(last.host, () => last.host.sync.status().phase.type === 'waitingToRetry');
    expect(last.host.sync.status().isWhole).toBe(true);
  });

  it('whether all of a ledger is here is told though sync cannot be loaded', async () => {
    const { host } = openPage(() => Promise.reject(new Error('no network')), signedIn('ada'), {
      loadTransport: () => Promise.reject(new Error('not in the cache')),
    });
    expect(host.sync.status().isWhole).toBeUndefined();
    await until(host, () => host.sync.status().isWhole === false);
  });

  it('starts offline in the account it was in', async () => {
    const server = createServer();
    server.network.isUp = false;
    const { host } = openPage(server.send, signedIn('ada'));
    await host.ledger.saveEntry(tea);
    const next = openPage(server.send, signedIn('ada'));
    expect(await next.host.ledger.entryCount()).toBe(1);
    await until(next.host, () => next.host.sync.status().phase.type === 'waitingToRetry');
    expect(next.host.sync.status()).toMatchObject({ backedUpAt: null, phase: { why: { type: 'unreachable' } } });
  });

  it('a person who leaves and comes back has what was written in between moved as well', async () => {
    const server = createServer();
    const { host, setSession, bugs } = openPage(server.send, { type: 'signedOut' });
    await host.ledger.saveEntry(tea);
    setSession(signedIn('ada'));
    await until(host, async () => !(await databases()).includes('fintrack-local'));
    setSession({ type: 'signedOut' });
    await host.ledger.saveEntry({ ...tea, title: 'In between' });
    setSession(signedIn('ada'));
    await until(host, async () => !(await databases()).includes('fintrack-local'));
    expect(await host.ledger.entryCount()).toBe(2);
    expect(bugs).toEqual([]);
  });

  it('a ledger that cannot be opened is tried again by the next call', async () => {
    const { host } = openPage(createServer().send, { type: 'signedOut' });
    const { indexedDB } = Dexie.dependencies;
    await host.ledger.saveEntry(tea);
    Object.assign(Dexie.dependencies, { indexedDB: undefined });
    const next = openPage(createServer().send, { type: 'signedOut' });
    await expect(next.host.ledger.entryCount()).rejects.toThrow();
    Object.assign(Dexie.dependencies, { indexedDB });
    expect(await next.host.ledger.entryCount()).toBe(1);
  });
});
