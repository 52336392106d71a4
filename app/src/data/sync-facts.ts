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
  /**
   * All of the ledger is on this device, as it was at some time: its log was folded to the end once since the ledger was
   * begun, and no snapshot is half in place. Undefined until it is known.
   */
  readonly isWhole: boolean | undefined;
};

/** Before anything was read. */
export const noSyncFacts: SyncFacts = {
  waiting: 0,
  cursor: 0,
  digest: '',
  backedUpAt: null,
  restarts: 0,
  isWhole: undefined,
};

export const readSyncFacts = (database: LedgerDatabase): Promise<SyncFacts> =>
  withDatabase(database, async () => {
    const [replica, backedUp, restarts] = await database.meta.bulkGet(['replica', 'backedUpAt', 'restarts']);
    if (replica?.name !== 'replica') return { ...noSyncFacts, isWhole: false };
    const { nextNumber, confirmedNumber, cursor, digest, bootstrap } = replica.value;
    const wasWholeAt = backedUp?.name === 'backedUpAt' ? (backedUp.cursor ?? 0) : Number.POSITIVE_INFINITY;
    return {
      waiting: nextNumber - 1 - confirmedNumber,
      cursor,
      digest,
      backedUpAt: backedUp?.name === 'backedUpAt' ? backedUp.value : null,
      restarts: restarts?.name === 'restarts' ? restarts.value : 0,
      // A ledger whose snapshot was damaged begins anew, at the start of the log.
      isWhole: bootstrap === undefined && cursor >= wasWholeAt,
    };
  });

/** The server confirmed everything, and this device has all that the log has. */
export const saveBackedUpAt = (database: LedgerDatabase, at: number): Promise<void> =>
  withDatabase(database, () =>
    database.transaction('rw', database.meta, async () => {
      const replica = await database.meta.get('replica');
      const cursor = replica?.name === 'replica' ? replica.value.cursor : 0;
      await database.meta.put({ name: 'backedUpAt', value: at, cursor });
    }),
  );

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
