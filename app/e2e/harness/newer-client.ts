import { randomBytes } from 'node:crypto';
import { type Act, exchange, newReplicaMeta, recordActs, type Row } from '@fintrack/sync-core/client';
import { createMemoryClientStore } from '@fintrack/sync-core/testing';
import { createHttpTransport } from '../../src/sync/http-transport.ts';
import type { TestCloud } from './test-cloud.ts';

/** A device of the same account whose program is newer than the app: it writes what the app knows nothing of. */
export const createNewerClient = (cloud: TestCloud, userId: string, token: string) => {
  const newReplica = randomBytes(8).toString('hex');
  const store = createMemoryClientStore(newReplicaMeta(userId, newReplica));
  const transport = createHttpTransport({
    apiUrl: async () => cloud.addresses.api,
    accessToken: async () => ({ type: 'token', token }),
  });
  return {
    /** Until nothing is left to push or pull. */
    sync: async (): Promise<void> => {
      for (;;) {
        const outcome = await exchange(store, transport, { changesMax: 1000, newReplica, now: Date.now() });
        if (outcome.type !== 'progress') throw new Error(`the newer client is stopped: ${JSON.stringify(outcome)}`);
        if (!outcome.more) return;
      }
    },
    write: async (acts: readonly Act[]): Promise<void> => {
      const recorded = await recordActs(store, acts, { at: Date.now() });
      if (!recorded.ok) throw new Error(`not recorded: ${JSON.stringify(recorded.error)}`);
    },
    row: (key: string): Row | undefined => store.state().records.get(key)?.shown,
    digest: (): string => store.state().meta.digest,
  };
};
