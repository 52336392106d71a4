import { onTablesChanged } from './create-ledger.ts';
import type { LedgerDatabase } from './database.ts';
import { withDatabase } from './store-error.ts';

/** What a person may be told of a ledger's backup. */
export type SyncFacts = {
  /** Changes that the server has not confirmed. */
  readonly waiting: number;
  readonly cursor: number;
  readonly digest: string;
  /** When the server last confirmed everything, milliseconds since 1970. */
  readonly backedUpAt: number | null;
  /** How often sync stood still on this device and was started again by itself. */
  readonly restarts: number;
};

export const noSyncFacts: SyncFacts = { waiting: 0, cursor: 0, digest: '', backedUpAt: null, restarts: 0 };

export const readSyncFacts = (database: LedgerDatabase): Promise<SyncFacts> =>
  withDatabase(database, async () => {
    const [replica, backedUp, restarts] = await database.meta.bulkGet(['replica', 'backedUpAt', 'restarts']);
    if (replica?.name !== 'replica') return noSyncFacts;
    const { nextNumber, confirmedNumber, cursor, digest } = replica.value;
    return {
      waiting: nextNumber - 1 - confirmedNumber,
      cursor,
      digest,
      backedUpAt: backedUp?.name === 'backedUpAt' ? backedUp.value : null,
      restarts: restarts?.name === 'restarts' ? restarts.value : 0,
    };
  });

export const saveBackedUpAt = (database: LedgerDatabase, at: number): Promise<void> =>
  withDatabase(database, async () => void (await database.meta.put({ name: 'backedUpAt', value: at })));

export const countRestart = (database: LedgerDatabase): Promise<void> =>
  withDatabase(database, () =>
    database.transaction('rw', database.meta, async () => {
      const before = await database.meta.get('restarts');
      const value = before?.name === 'restarts' ? before.value + 1 : 1;
      await database.meta.put({ name: 'restarts', value });
    }),
  );

/** Calls back when the facts may have changed, in any tab. */
export const onSyncFacts = (database: LedgerDatabase, onChange: () => void): (() => void) =>
  onTablesChanged(database, ['meta'], onChange);
