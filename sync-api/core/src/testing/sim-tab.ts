import { exchange, type ExchangeOutcome, type Transport } from '../client/exchange.ts';
import { initialSyncState, step, type SyncEffect, type SyncEvent, type SyncState } from '../client/step.ts';
import { Killed, type Task } from './scheduler.ts';
import { DiskFull, type Profile } from './sim-profile.ts';
import type { Setting } from './sim-setting.ts';

export type TabTransport = Transport & { refreshToken(): Promise<void> };

/** As in the app: `saved` and `poll` leave back-off and blocks alone, `asked` tries at once. */
export type WakeReason = 'saved' | 'poll' | 'asked';

export type TabOptions = {
  readonly transport: (task: Task) => TabTransport;
  /** Told of every round; something else than `DiskFull` and `Killed` that a round throws is a fault of the engine. */
  readonly onOutcome: (outcome: ExchangeOutcome) => void;
  readonly onError: (error: unknown) => void;
  readonly checkpointEvery: number;
};

const savedDelayMs = 50;
/** A round that takes longer has hung somewhere; its late end does no harm [D3]. */
const roundMsMax = 120_000;

/** One open page: runs the production sync machine, as the app does, in the world's time. No lock holds it back [D6]. */
export class SimTab {
  readonly task: Task = { isKilled: false };
  readonly profile: Profile;
  state: SyncState = initialSyncState;
  private readonly setting: Setting;
  private readonly options: TabOptions;
  private cancelRetry: () => void = () => undefined;
  private willWake = false;

  constructor(profile: Profile, setting: Setting, options: TabOptions) {
    this.profile = profile;
    this.setting = setting;
    this.options = options;
  }

  wake(reason: WakeReason): void {
    if (reason === 'asked') return this.dispatch({ type: 'wake' });
    if (reason === 'poll') return this.wakeIfCalm();
    if (this.willWake) return;
    this.willWake = true;
    this.setting.scheduler.after(this.task, savedDelayMs, () => {
      this.willWake = false;
      this.wakeIfCalm();
    });
  }

  private wakeIfCalm(): void {
    const { type } = this.state.phase;
    if (type === 'idle' || type === 'exchanging') this.dispatch({ type: 'wake' });
  }

  private dispatch(event: SyncEvent): void {
    if (this.task.isKilled) return;
    const { state, effects } = step(this.state, event);
    this.state = state;
    this.cancelRetry();
    for (const effect of effects) this.run(effect);
  }

  private run(effect: SyncEffect): void {
    if (effect.type === 'wakeAfter') {
      this.cancelRetry = this.setting.scheduler.after(this.task, effect.delayMs, () => this.dispatch({ type: 'wake' }));
      return;
    }
    void this.round(effect);
  }

  private async round(effect: Exclude<SyncEffect, { type: 'wakeAfter' }>): Promise<void> {
    const { scheduler, random } = this.setting;
    const outcome = await new Promise<ExchangeOutcome>((resolve) => {
      const end = (value: ExchangeOutcome) => {
        cancel();
        resolve(value);
      };
      const cancel = scheduler.after(this.task, roundMsMax, () => end(unreachable));
      this.exchange(effect).then(end, (error: unknown) => {
        if (!(error instanceof Killed) && !(error instanceof DiskFull)) this.options.onError(error);
        if (!(error instanceof Killed)) end(thisDeviceFails);
      });
    });
    if (this.task.isKilled) return;
    this.options.onOutcome(outcome);
    this.dispatch({ type: 'exchanged', outcome, chance: random.next() });
    scheduler.mark();
  }

  private async exchange(effect: Exclude<SyncEffect, { type: 'wakeAfter' }>): Promise<ExchangeOutcome> {
    const { random, faults } = this.setting;
    const transport = this.options.transport(this.task);
    if (effect.type === 'refreshThenExchange') await transport.refreshToken();
    const isFew = !faults.isCalm && random.chance(0.5);
    return exchange(this.profile.open(this.task), transport, {
      changesMax: isFew ? Math.min(effect.changesMax, random.between(1, 4)) : effect.changesMax,
      newReplica: random.hex(16),
      now: this.profile.now(),
      checkpointEvery: this.options.checkpointEvery,
    });
  }
}

const unreachable: ExchangeOutcome = { type: 'failed', result: { type: 'unreachable' } };
/** What the app makes of a store that would not write. */
const thisDeviceFails: ExchangeOutcome = {
  type: 'failed',
  result: { type: 'refused', refusal: { type: 'internal', message: 'this device' } },
};
