import 'fake-indexeddb/auto';
import { recordActs, type TransportResult } from '@fintrack/sync-core/client';
import type { SyncRequest } from '@fintrack/sync-core/protocol';
import { handleSync } from '@fintrack/sync-core/server';
import { createMemoryChangeLog, createMemoryHistory, noParts, testId, testReplica } from '@fintrack/sync-core/testing';
import Dexie from 'dexie';
import { beforeEach, describe, expect, it } from 'vitest';
import { openAccountStore } from './open-book.ts';
import { syncOnce } from './sync-once.ts';

const newReplicaId = () => testReplica('a');

const run = (answer: (request: SyncRequest) => Promise<TransportResult>) =>
  syncOnce('me', {
    transport: { send: answer, part: noParts, refreshToken: async () => undefined },
    now: () => 5000,
    chance: () => 0,
    newReplicaId,
    isOnline: () => true,
    schedule: () => () => undefined,
    exclusively: (_, work) => work(),
  });

const save = async (number: number): Promise<void> => {
  const { store, close } = openAccountStore('me', newReplicaId);
  const values = { description: 'tea' };
  await recordActs(store, [{ type: 'set', kind: 'expense', id: testId(number), values }], { at: number });
  close();
};

const outboxCount = async (): Promise<number> => {
  const { database, close } = openAccountStore('me', newReplicaId);
  const count = await database.outbox.count();
  close();
  return count;
};

describe('syncing once without a page', () => {
  beforeEach(async () => {
    for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
  });

  it('sends what waits and says that nothing is left', async () => {
    const log = createMemoryChangeLog();
    await save(1);
    const phase = await run(async (request) => {
      const answered = await handleSync(createMemoryHistory(log), 'me', request, 1000);
      return answered.ok ? { type: 'answer', answer: answered.value } : { type: 'refused', refusal: answered.error };
    });
    expect(phase).toEqual({ type: 'idle' });
    expect(await outboxCount()).toBe(0);
  });

  it('gives up at the first failure, says which, and keeps what waits', async () => {
    await save(1);
    let asked = 0;
    const phase = await run(async () => {
      asked += 1;
      return { type: 'unreachable' };
    });
    expect(phase).toMatchObject({ type: 'waitingToRetry', why: { type: 'unreachable' } });
    expect(asked).toBe(1);
    expect(await outboxCount()).toBe(1);
  });

  it('leaves signing in again to the person', async () => {
    await save(1);
    const phase = await run(async () => ({ type: 'signInNeeded' }));
    expect(phase).toEqual({ type: 'blocked', why: { type: 'signInNeeded' } });
  });
});
