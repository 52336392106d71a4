import {
  createMemoryDisk,
  type DeviceState,
  type MemoryClientStore,
  type MemoryDisk,
  openMemoryClientStore,
} from './memory-client-store.ts';
import type { Task } from './scheduler.ts';
import type { LocalLedger } from './sim-claims.ts';
import type { Setting } from './sim-setting.ts';
import type { SimTab } from './sim-tab.ts';

/** What a store throws whose disk is full. */
export class DiskFull extends Error {}

export type OnCommit = (before: DeviceState, after: DeviceState) => void;

/** Commits that a power failure may still take back. */
const commitsAtRisk = 3;
/** Earlier states kept for a restore. */
const copiesMax = 8;

/** One browser profile of a person: a disk, the tabs that share it, and what the device around them does. */
export class Profile {
  readonly name: string;
  readonly disk: MemoryDisk;
  tabs: SimTab[] = [];
  isOnline = true;
  isSignedOut = false;
  tokenUntilMs = 0;
  /** How far this device's clock is off. */
  skewMs = 0;
  diskFullUntilMs = 0;
  /** Runs a newer program, which writes kinds and groups that others do not know. */
  isNewer = false;
  /** Speaks a protocol that the server does not know yet. */
  isAhead = false;
  /** Another ledger on this disk, from before there was an account, and what it was once it is claimed. */
  local: LocalLedger | undefined;
  forgotten: LocalLedger | undefined;
  readonly copies: DeviceState[] = [];
  /** States before the last commits, oldest first. */
  recent: DeviceState[] = [];
  private readonly setting: Setting;
  private readonly onCommit: OnCommit;

  constructor(name: string, state: DeviceState, setting: Setting, onCommit: OnCommit) {
    this.name = name;
    this.disk = createMemoryDisk(state);
    this.setting = setting;
    this.onCommit = onCommit;
  }

  get state(): DeviceState {
    return this.disk.state;
  }

  /** This device's clock, milliseconds since 1970. */
  now(): number {
    return Math.max(0, this.setting.scheduler.nowMs + this.skewMs);
  }

  /** A task's way to the disk; the task may be killed at any await in it. */
  open(task: Task, onCommit?: OnCommit): MemoryClientStore {
    const { scheduler, random } = this.setting;
    return openMemoryClientStore(this.disk, {
      pause: () => {
        if (task.isKilled || random.chance(0.3)) return scheduler.pause(task);
        scheduler.mark();
        return undefined;
      },
      onBegin: (running) => scheduler.track(running),
      onCommit: (before, after) => {
        this.commit(before, after);
        onCommit?.(before, after);
      },
    });
  }

  private commit(before: DeviceState, after: DeviceState): void {
    const { scheduler, random, faults } = this.setting;
    if (!faults.isCalm && scheduler.nowMs < this.diskFullUntilMs) {
      faults.count('fullDisk');
      throw new DiskFull('the disk is full');
    }
    this.onCommit(before, after);
    this.recent = [...this.recent.slice(1 - commitsAtRisk), before];
    if (random.chance(0.1) && this.copies.length < copiesMax) this.copies.push(after);
  }
}
