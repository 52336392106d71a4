import { newReplicaMeta, recordActs, type TransportResult } from '@fintrack/sync-core/client';
import { handleSync } from '@fintrack/sync-core/server';
import {
  createMemoryChangeLog,
  createMemoryHistory,
  noParts,
  createMemoryClientStore,
  testId,
  testReplica,
} from '@fintrack/sync-core/testing';
import type { SyncRequest } from '@fintrack/sync-core/protocol';
import { describe, expect, it } from 'vitest';
import { createSyncer } from './create-syncer.ts';

type Timer = { readonly delayMs: number; readonly run: () => void };

const factsOf = ({ backedUpAt, restarts }: { backedUpAt: number | null; restarts: number }) => ({
  backedUpAt,
  restarts,
});

/** A device with one syncer, whose timers ring when the test says so. */
const createDevice = () => {
  const log = createMemoryChangeLog();
  const store = createMemoryClientStore(newReplicaMeta('me', testReplica('a')));
  const timers = new Set<Timer>();
  const sent: SyncRequest[] = [];
  const seen = { refreshed: 0, drained: 0, backedUpAt: null as number | null, restarts: 0 };
  const network: { answer: (request: SyncRequest) => Promise<TransportResult> } = {
    answer: async (request) => {
      const answered = await handleSync(createMemoryHistory(log), 'me', request, 1000);
      return answered.ok ? { type: 'answer', answer: answered.value } : { type: 'refused', refusal: answered.error };
    },
  };
  const online = { is: true };
  const clock = { nowMs: 5000 };
  const changed = new Set<() => void>();
  const looks = new Set<() => void>();
  const syncer = createSyncer({
    store,
    transport: {
      send: (request) => {
        sent.push(request);
        return network.answer(request);
      },
      part: noParts,
      refreshToken: async () => void (seen.refreshed += 1),
    },
    facts: {
      read: async () => {
        const { meta } = store.state();
        const { cursor, digest } = meta;
        const waiting = meta.nextNumber - 1 - meta.confirmedNumber;
        return { waiting, cursor, digest, isWhole: seen.backedUpAt !== null, ...factsOf(seen) };
      },
      saveBackedUpAt: async (at) => void (seen.backedUpAt = at),
      countRestart: async () => {
        seen.restarts += 1;
        for (const tell of changed) tell();
      },
      subscribe: (onChange) => {
        changed.add(onChange);
        return () => changed.delete(onChange);
      },
    },
    now: () => clock.nowMs,
    chance: () => 0,
    newReplicaId: () => testReplica('b'),
    isOnline: () => online.is,
    schedule: (delayMs, run) => {
      const timer = { delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    exclusively: (work) => work(),
    onDrained: () => {
      seen.drained += 1;
      for (const look of looks) look();
    },
  });
  /** Resolves when the syncer tells of such a state. */
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        stop();
        looks.delete(look);
        resolve();
      };
      const stop = syncer.subscribe(look);
      looks.add(look);
      look();
    });
  const ring = (delayMs: number): void => {
    const timer = [...timers].find((each) => each.delayMs === delayMs);
    if (!timer) throw new Error(`no timer of ${delayMs} ms`);
    timers.delete(timer);
    timer.run();
  };
  const save = async (number: number): Promise<void> => {
    const values = { description: 'tea' };
    await recordActs(store, [{ type: 'set', kind: 'expense', id: testId(number), values }], { at: number });
    for (const tell of changed) tell();
  };
  return { syncer, store, sent, seen, network, online, until, ring, save, timers, clock };
};

describe('the syncer', () => {
  it('sends saves that follow each other at once in one request', async () => {
    const { syncer, sent, seen, until, ring, save } = createDevice();
    await save(1);
    syncer.wake('saved');
    await save(2);
    syncer.wake('saved');
    ring(50);
    await until(() => seen.drained === 1);
    expect(sent.map(({ push }) => push?.changes.length)).toEqual([2]);
    expect(syncer.status()).toMatchObject({ waiting: 0, phase: { type: 'idle' }, backedUpAt: 5000, cursor: 1 });
  });

  it('tells how much is done while it sends', async () => {
    const { syncer, network, until, save } = createDevice();
    await save(1);
    network.answer = () => new Promise(() => undefined);
    syncer.wake('asked');
    await until(() => syncer.status().phase.type === 'syncing');
    expect(syncer.status()).toMatchObject({ waiting: 1, phase: { type: 'syncing', done: 0, total: 1 } });
  });

  it('backs off when the server cannot be reached, and tries again by itself', async () => {
    const { syncer, sent, network, until, ring, save, seen } = createDevice();
    const { answer } = network;
    await save(1);
    network.answer = async () => ({ type: 'unreachable' });
    syncer.wake('asked');
    await until(() => syncer.status().phase.type === 'waitingToRetry');
    expect(syncer.status().phase).toEqual({ type: 'waitingToRetry', why: { type: 'unreachable' }, retryAt: 5500 });
    syncer.wake('poll');
    expect(sent.length).toBe(1);
    network.answer = answer;
    ring(500);
    await until(() => seen.drained === 1);
    expect(syncer.status().waiting).toBe(0);
  });

  it('asked by the person, tries at once whatever the back-off says', async () => {
    const { syncer, network, until, seen } = createDevice();
    const { answer } = network;
    network.answer = async () => ({ type: 'notTheServer' });
    syncer.wake('asked');
    await until(() => syncer.status().phase.type === 'waitingToRetry');
    network.answer = answer;
    syncer.syncNow();
    await until(() => seen.drained === 1);
  });

  it('renews a refused token once, then asks the person to sign in', async () => {
    const { syncer, network, until, seen, sent } = createDevice();
    network.answer = async () => ({ type: 'refused', refusal: { type: 'unauthorized', message: 'no' } });
    syncer.wake('asked');
    await until(() => syncer.status().phase.type === 'blocked');
    expect(syncer.status().phase).toEqual({ type: 'blocked', why: { type: 'signInNeeded' } });
    expect([seen.refreshed, sent.length]).toEqual([1, 2]);
    syncer.wake('saved');
    syncer.wake('poll');
    expect(sent.length).toBe(2);
  });

  it('gives up a round that never ends', async () => {
    const { syncer, network, until, ring } = createDevice();
    network.answer = () => new Promise(() => undefined);
    syncer.wake('asked');
    ring(120_000);
    await until(() => syncer.status().phase.type === 'waitingToRetry');
  });

  it('[70] begins anew when a change has waited for ten minutes, whatever it hangs in, and counts it', async () => {
    const { syncer, store, network, until, ring, save, seen, clock } = createDevice();
    const { answer } = network;
    const transact: typeof store.transact = (plan) => working.transact(plan);
    const working = { ...store };
    await save(1);
    await new Promise<void>((asked) => {
      network.answer = () => {
        asked();
        return new Promise(() => undefined);
      };
      syncer.wake('asked');
    });
    // The database hangs as well: the round that is given up never gets to say so.
    store.transact = () => new Promise(() => undefined);
    network.answer = answer;
    for (let minute = 0; minute < 11; minute += 1) {
      clock.nowMs += 60_000;
      if (minute === 5) store.transact = transact;
      ring(60_000);
    }
    await until(() => seen.drained === 1);
    expect(syncer.status()).toMatchObject({ waiting: 0, restarts: 1 });
  });

  it('says offline, and neither saves nor polls then send anything', async () => {
    const { syncer, online, sent, ring } = createDevice();
    online.is = false;
    syncer.wake('poll');
    syncer.wake('saved');
    ring(50);
    expect(sent).toEqual([]);
    expect(syncer.status().phase).toEqual({ type: 'offline' });
  });

  it('a store that will not write is told with its reason, and tried again', async () => {
    const { syncer, store, until, timers } = createDevice();
    store.transact = () => Promise.reject(new Error('no room'));
    syncer.wake('asked');
    await until(() => syncer.status().phase.type === 'waitingToRetry');
    expect(syncer.status().phase).toMatchObject({ why: { type: 'thisDevice', why: 'no room' } });
    expect([...timers].map(({ delayMs }) => delayMs)).toEqual([60_000, 500]);
  });

  it('stopped, it does nothing more', () => {
    const { syncer, sent, timers } = createDevice();
    syncer.wake('saved');
    syncer.stop();
    syncer.wake('asked');
    expect([sent.length, timers.size]).toEqual([0, 0]);
  });
});
