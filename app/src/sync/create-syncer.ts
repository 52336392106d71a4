import {
  type ClientStore,
  exchange,
  type ExchangeOutcome,
  initialSyncState,
  step,
  type SyncEffect,
  type SyncEvent,
  type SyncState,
} from '@fintrack/sync-core/client';
import { noSyncFacts, type SyncFacts } from '../data/sync-facts.ts';
import type { Sync, SyncStatus } from '../model/services.ts';
import type { HttpTransport } from './http-transport.ts';
import { createWatchdog, type Watchdog } from './create-watchdog.ts';
import { syncStatusOf } from './sync-status-of.ts';

export type SyncerDeps = {
  readonly store: ClientStore;
  readonly transport: HttpTransport;
  readonly facts: {
    read(): Promise<SyncFacts>;
    saveBackedUpAt(at: number): Promise<void>;
    countRestart(): Promise<void>;
    subscribe(onChange: () => void): () => void;
  };
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A draw from [0, 1). */
  readonly chance: () => number;
  readonly newReplicaId: () => string;
  readonly isOnline: () => boolean;
  /** Runs later; returns how to call it off. */
  readonly schedule: (delayMs: number, run: () => void) => () => void;
  /** Runs while no other tab does, as far as can be had. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  /** After a round that left nothing to push or pull. */
  readonly onDrained: () => void;
};

/**
 * Why a round is asked for. `saved` and `poll` leave back-off and blocks alone; `asked` (the person, the network or the
 * page came back) tries at once.
 */
export type WakeReason = 'saved' | 'poll' | 'asked';

export type Syncer = Sync & {
  wake(reason: WakeReason): void;
  /** Asks for no further round; one under way ends by itself. */
  stop(): void;
};

/** Saves that follow each other at once travel together. */
const savedDelayMs = 50;
/** A round that takes longer has hung somewhere; its late end does no harm [D3]. */
const roundMsMax = 120_000;
/** Finer than this the time of the last backup is not kept. */
const backedUpEveryMs = 60_000;

/** Runs the sync machine of the engine with real requests, timers and chance. */
export const createSyncer = (deps: SyncerDeps): Syncer => new RunningSyncer(deps);

class RunningSyncer implements Syncer {
  private readonly deps: SyncerDeps;
  private readonly listeners = new Set<() => void>();
  private readonly unsubscribe: () => void;
  private state = initialSyncState;
  private facts: SyncFacts = noSyncFacts;
  private total = 0;
  private loading: { readonly done: number; readonly total: number } | undefined;
  private retryAt = 0;
  private storageWhy: string | undefined;
  private cancelRetry: () => void = () => undefined;
  private cancelSaved: (() => void) | undefined;
  private readonly watchdog: Watchdog;
  /** Counts starts of the machine: what a round of an earlier one comes to is no longer asked for. */
  private machine = 0;
  private isStopped = false;

  constructor(deps: SyncerDeps) {
    this.deps = deps;
    this.unsubscribe = deps.facts.subscribe(() => void this.readFacts());
    void this.readFacts();
    this.watchdog = createWatchdog({
      ...deps,
      waiting: () => this.facts.waiting,
      needsPerson: () => needsPerson(this.state),
      restart: () => this.restart(),
    });
  }

  status(): SyncStatus {
    const { state, facts, total, loading, retryAt, storageWhy } = this;
    return syncStatusOf({ state, facts, total, loading, retryAt, storageWhy, isOnline: this.deps.isOnline() });
  }

  subscribe(onChange: () => void): () => void {
    this.listeners.add(onChange);
    return () => this.listeners.delete(onChange);
  }

  syncNow(): void {
    this.wake('asked');
  }

  wake(reason: WakeReason): void {
    if (this.isStopped) return;
    if (reason === 'asked') return this.dispatch({ type: 'wake' });
    if (reason === 'poll') return this.wakeIfCalm();
    this.cancelSaved ??= this.deps.schedule(savedDelayMs, () => {
      this.cancelSaved = undefined;
      this.wakeIfCalm();
    });
  }

  stop(): void {
    this.isStopped = true;
    this.watchdog.stop();
    this.cancelRetry();
    this.cancelSaved?.();
    this.unsubscribe();
  }

  private wakeIfCalm(): void {
    const { type } = this.state.phase;
    if (this.deps.isOnline() && (type === 'idle' || type === 'exchanging')) this.dispatch({ type: 'wake' });
    else this.tell();
  }

  private dispatch(event: SyncEvent): void {
    if (this.isStopped) return;
    const wasExchanging = this.state.phase.type === 'exchanging';
    const { state, effects } = step(this.state, event);
    this.state = state;
    if (!wasExchanging) this.total = this.facts.waiting;
    this.cancelRetry();
    for (const effect of effects) this.run(effect);
    this.tell();
  }

  /** Forgets whatever the machine hangs in, and begins anew. */
  private restart(): void {
    this.machine += 1;
    this.state = initialSyncState;
    // Not waited for: what hangs may be the database.
    this.deps.facts.countRestart().catch(() => undefined);
    this.dispatch({ type: 'wake' });
  }

  private run(effect: SyncEffect): void {
    if (effect.type === 'wakeAfter') {
      this.retryAt = this.deps.now() + effect.delayMs;
      this.cancelRetry = this.deps.schedule(effect.delayMs, () => this.dispatch({ type: 'wake' }));
      return;
    }
    void this.round(effect);
  }

  /** Never rejects: whatever happens becomes an event. */
  private async round(effect: Exclude<SyncEffect, { type: 'wakeAfter' }>): Promise<void> {
    const { machine } = this;
    const outcome = await this.bounded(async () => {
      if (effect.type === 'refreshThenExchange') await this.deps.transport.refreshToken();
      const { store, transport, newReplicaId, now } = this.deps;
      const options = { changesMax: effect.changesMax, newReplica: newReplicaId(), now: now() };
      return this.deps.exclusively(() => exchange(store, transport, options));
    });
    await this.readFacts();
    const isDrained = outcome.type === 'progress' && outcome.waiting === 0 && !outcome.more;
    if (isDrained) await this.noteBackup();
    if (machine !== this.machine) return;
    this.loading = outcome.type === 'progress' ? outcome.loading : undefined;
    this.dispatch({ type: 'exchanged', outcome, chance: this.deps.chance() });
    if (isDrained && !this.isStopped) this.deps.onDrained();
  }

  private bounded(work: () => Promise<ExchangeOutcome>): Promise<ExchangeOutcome> {
    return new Promise((resolve) => {
      const cancel = this.deps.schedule(roundMsMax, () => resolve({ type: 'failed', result: { type: 'unreachable' } }));
      const end = (outcome: ExchangeOutcome, storageWhy?: string): void => {
        cancel();
        this.storageWhy = storageWhy;
        resolve(outcome);
      };
      // The store would not write, or the engine met what cannot be: shown with its reason, and tried again later.
      work().then(end, (error: unknown) =>
        end(
          { type: 'failed', result: { type: 'refused', refusal: { type: 'internal', message: 'this device' } } },
          error instanceof Error ? error.message : String(error),
        ),
      );
    });
  }

  private async noteBackup(): Promise<void> {
    const now = this.deps.now();
    const last = this.facts.backedUpAt;
    if (this.total === 0 && this.facts.isWhole && last !== null && now - last < backedUpEveryMs) return;
    await this.deps.facts.saveBackedUpAt(now).catch(() => undefined);
    await this.readFacts();
  }

  /** Facts that cannot be read stay as they were; the next change reads them again. */
  private async readFacts(): Promise<void> {
    const facts = await this.deps.facts.read().catch(() => this.facts);
    this.facts = facts;
    if (this.state.phase.type === 'exchanging') this.total = Math.max(this.total, facts.waiting);
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** What only the person can change; sync stands still for good reason. */
const needsPerson = ({ phase }: SyncState): boolean => phase.type === 'blocked' && phase.problem.type !== 'refused';
