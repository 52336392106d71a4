import { type Advice, advise } from '@fintrack/advisor-core';
import { type CalendarDate, monthOf, ok, transfersCategoryId } from '@fintrack/sync-core/protocol';
import { CategoryTeacher } from '../data/category-teacher.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Services } from '../model/services.ts';
import { createMemoryLedger, type MemoryLedgerOptions } from './memory-ledger.ts';
import { createMemorySession } from './memory-session.ts';
import type { Eviction, StorageFacts, StorageGuard } from '../model/storage.ts';
import { createSwitchable } from './switchable.ts';
import type { SyncStatus } from '../model/services.ts';

export type MemoryServicesOptions = MemoryLedgerOptions & {
  readonly now: number;
  readonly signedInAs?: string;
  readonly sync?: Partial<SyncStatus>;
  readonly isUpdateReady?: boolean;
  readonly storage?: Partial<StorageFacts>;
  readonly eviction?: Eviction;
};

/** All of the app's ports in memory, for looking at screens without a database, an account or a server. */
export const createMemoryServices = (options: MemoryServicesOptions): Services => {
  const ledger = createMemoryLedger(options);
  const session = createMemorySession(options.signedInAs);
  const status = createSwitchable<SyncStatus>({
    waiting: 0,
    phase: options.signedInAs ? { type: 'idle' } : { type: 'localOnly' },
    backedUpAt: options.signedInAs ? options.now - 120_000 : null,
    cursor: 2317,
    digest: '7f3a91c2e05bd4487f3a91c2e05bd448',
    restarts: 0,
    isWhole: true,
    ...options.sync,
  });
  const ledgerName = (): string => {
    const state = session.state();
    return state.type === 'signedIn' ? state.userId : 'local';
  };
  return {
    ledger,
    ledgerName,
    session,
    sync: {
      status: status.get,
      subscribe: status.subscribe,
      syncNow: () => status.set({ ...status.get(), waiting: 0, phase: { type: 'idle' }, backedUpAt: options.now }),
    },
    advisor: {
      advice: async (asOf) => ok({ ledger: ledgerName(), advice: await adviceOf(ledger, asOf) }),
      entries: async (ids) => ok((await allEntries(ledger)).filter(({ id }) => ids.includes(id))),
      suggestCategory: async (about) => {
        const entries = await allEntries(ledger);
        const teacher = new CategoryTeacher({ entries: () => entries, pause: async () => undefined });
        return ok(await teacher.suggest(about));
      },
    },
    serverAdvice: { advice: async (asOf) => ok(await adviceOf(ledger, asOf)) },
    serverLedger: {
      receipt: async () => ok({ epoch: 1, head: status.get().cursor, digest: status.get().digest, entryCount: 2431 }),
      olderHistory: async () => ok([]),
      deleteAccount: async () => ok(null),
    },
    storage: createMemoryStorageGuard(options.storage, options.eviction),
    update: { isReady: () => options.isUpdateReady === true, subscribe: () => () => undefined, apply: () => undefined },
    claim: () => ({ type: 'none' }),
    subscribeClaim: () => () => undefined,
    today: () => options.today,
    now: () => options.now,
    newId: options.newId,
    saveFile: () => undefined,
    isOnline: () => true,
  };
};

const allEntries = async (ledger: Ledger) =>
  (await ledger.entries({ limit: Number.POSITIVE_INFINITY })).entries.toSorted((a, b) => (a.date < b.date ? -1 : 1));

const adviceOf = async (ledger: Ledger, asOf: CalendarDate): Promise<Advice> =>
  advise({
    entries: await allEntries(ledger),
    budgets: await ledger.budgets(monthOf(asOf)),
    feedback: await ledger.dismissals(),
    transfersCategoryId,
    asOf,
  });

const createMemoryStorageGuard = (
  facts: Partial<StorageFacts> = {},
  eviction: Eviction | null = null,
): StorageGuard => {
  let isKept = false;
  return {
    facts: async () => ({
      usageBytes: 14_200_000,
      quotaBytes: 2_100_000_000,
      isLikelyPrivate: false,
      problems: [],
      keep: isKept ? 'kept' : 'mayBeCleared',
      ...facts,
    }),
    askToKeep: async () => (isKept = true),
    saw: async () => eviction,
    forgetEviction: async () => undefined,
    backupOf: async () => null,
    markBackup: async () => undefined,
  };
};
