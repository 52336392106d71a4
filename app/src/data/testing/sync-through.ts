import { exchange } from '@fintrack/sync-core/client';
import { handleSync } from '@fintrack/sync-core/server';
import { createMemoryHistory, type MemoryChangeLog, noParts } from '@fintrack/sync-core/testing';
import { type TestLedger, testReplicaId } from './test-ledger.ts';

/** One exchange of a device with a server in memory that has this log; the server's clock is the device's. */
export const syncThrough = (log: MemoryChangeLog, device: TestLedger) =>
  exchange(
    device.store,
    {
      part: noParts,
      send: async (request) => {
        const answered = await handleSync(createMemoryHistory(log), 'space', request, device.clock.now);
        return answered.ok ? { type: 'answer', answer: answered.value } : { type: 'refused', refusal: answered.error };
      },
    },
    { changesMax: 1000, newReplica: testReplicaId(997), now: device.clock.now },
  );
