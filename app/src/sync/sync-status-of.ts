import type { SyncState } from '@fintrack/sync-core/client';
import type { SyncFacts } from '../data/sync-facts.ts';
import type { SyncStatus } from '../model/services.ts';

export type SyncProgress = {
  readonly state: SyncState;
  readonly facts: SyncFacts;
  readonly isOnline: boolean;
  /** Changes that waited when this run of rounds began; 0 if it only looks for news. */
  readonly total: number;
  /** How far a long load is. */
  readonly loading: { readonly done: number; readonly total: number } | undefined;
  /** When the machine wakes by itself, milliseconds since 1970. */
  readonly retryAt: number;
  /** This device's storage failed, not the network. */
  readonly storageWhy: string | undefined;
};

/** The machine's state in the facts that a person is told. */
export const syncStatusOf = (progress: SyncProgress): SyncStatus => {
  return { ...progress.facts, phase: phaseOf(progress) };
};

const phaseOf = ({
  state,
  facts,
  isOnline,
  total,
  loading,
  retryAt,
  storageWhy,
}: SyncProgress): SyncStatus['phase'] => {
  const { phase } = state;
  if (phase.type === 'blocked') return { type: 'blocked', why: phase.problem };
  if (!isOnline) return { type: 'offline' };
  if (phase.type === 'waiting') {
    const why = storageWhy === undefined ? phase.problem : ({ type: 'thisDevice', why: storageWhy } as const);
    return { type: 'waitingToRetry', why, retryAt };
  }
  if (phase.type === 'exchanging' && loading) return { type: 'loading', ...loading };
  // A look for news that takes a moment is not worth a word.
  if (phase.type === 'exchanging' && total > 0)
    return { type: 'syncing', done: Math.max(0, total - facts.waiting), total: Math.max(total, facts.waiting) };
  return { type: 'idle' };
};
