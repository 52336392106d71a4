import type { SyncStatus } from '../model/services.ts';
import { type AccountSyncerDeps, createAccountSyncer } from './create-account-syncer.ts';
import { openAccountStore } from './open-book.ts';

/**
 * Syncs an account's ledger until nothing is left to push or pull, without a page. Stops at the first failure, which it
 * answers: whoever asked knows when to ask again.
 */
export const syncOnce = async (
  userId: string,
  deps: Omit<AccountSyncerDeps, 'onDrained'>,
): Promise<SyncStatus['phase']> => {
  const book = openAccountStore(userId, deps.newReplicaId);
  try {
    return await untilOver(book, deps);
  } finally {
    book.close();
  }
};

const untilOver = (
  book: ReturnType<typeof openAccountStore>,
  deps: Omit<AccountSyncerDeps, 'onDrained'>,
): Promise<SyncStatus['phase']> =>
  new Promise((resolve) => {
    const end = (phase: SyncStatus['phase']): void => {
      syncer.stop();
      resolve(phase);
    };
    const syncer = createAccountSyncer(book, { ...deps, onDrained: () => end({ type: 'idle' }) });
    syncer.subscribe(() => {
      const { phase } = syncer.status();
      if (phase.type === 'waitingToRetry' || phase.type === 'blocked') end(phase);
    });
    syncer.wake('asked');
  });
