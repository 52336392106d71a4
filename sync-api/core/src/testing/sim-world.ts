import { newReplicaMeta } from '../client/new-replica.ts';
import type { Identity } from '../protocol/ids.ts';
import type { LifecycleSettings } from '../server/ports.ts';
import { createInvariants, type Invariants } from './invariants.ts';
import { type DeviceState, emptyDeviceState } from './memory-client-store.ts';
import { judge } from './oracle.ts';
import { createRandom, type Random } from './random.ts';
import { Killed, Scheduler, type Task } from './scheduler.ts';
import { strikeDevice } from './sim-fate.ts';
import { createFaults, type Faults } from './sim-faults.ts';
import { SimNetwork } from './sim-network.ts';
import { SimPeople } from './sim-people.ts';
import type { Deed } from './sim-person.ts';
import { DiskFull, Profile } from './sim-profile.ts';
import { type Backup, SimServer, worldSpace } from './sim-server.ts';
import { claim, forgetIfClaimed, type LocalLedger } from './sim-claims.ts';
import type { Setting } from './sim-setting.ts';
import type { ServerWrite } from '../server/write-on-server.ts';
import { SimTab } from './sim-tab.ts';

export type WorldOptions = {
  readonly acts?: number;
  /** Only these acts and faults happen; named as in a report's `events`. */
  readonly only?: ReadonlySet<string>;
  /** Told the world's story, line by line. */
  readonly tell?: (line: string) => void;
};

export const actsPerWorld = 200;
/** Far above what a world needs, so that none runs for ever. */
const stepsPerAct = 500;
/** How often something happens to a device, by step. */
const fateChance = 0.006;
/** 2026-03-01. */
const startMs = 1_772_323_200_000;

/** People on several devices, one server, and a network between them, all drawn from one seed. */
export class World {
  readonly seed: number;
  readonly random: Random;
  readonly faults: Faults;
  readonly scheduler: Scheduler;
  readonly setting: Setting;
  readonly server: SimServer;
  readonly network: SimNetwork;
  readonly profiles: Profile[] = [];
  readonly invariants: Invariants;
  readonly settings: LifecycleSettings;
  /** The server as it was on earlier days, oldest first. */
  readonly backups: Backup[] = [];
  /** Ledgers from before there was an account, by name. */
  readonly locals = new Map<string, LocalLedger>();
  restored: Backup | undefined;
  readonly events: string[] = [];
  /** What happens to devices later, such as the end of a partition. */
  readonly fate: Task = { isKilled: false };
  acts = 0;
  forks = 0;
  failure: string | undefined;
  private readonly options: WorldOptions;
  readonly people: SimPeople;
  /** What was done, as it was committed. */
  readonly deeds: Deed[] = [];
  private readonly erased = new Set<Identity>();
  private wasCut = false;

  constructor(seed: number, options: WorldOptions) {
    this.seed = seed;
    this.options = options;
    this.random = createRandom(seed);
    this.people = new SimPeople(this, this.random.branch('people'));
    this.faults = createFaults(this.random, this.allows);
    this.scheduler = new Scheduler(this.random.branch('order'), startMs);
    const { scheduler, faults } = this;
    this.setting = { scheduler, random: this.random.branch('setting'), faults, tell: this.tell };
    this.invariants = createInvariants(() => this.server.everything);
    this.settings = settingsFrom(this.random.branch('lifecycle'));
    this.server = new SimServer(this.setting, {
      settings: this.settings,
      onRow: (row) => this.found(this.invariants.ofTableRow(row)),
      onApplied: (applied) => this.found(this.invariants.ofApplied(applied)),
      onFailure: (failure) => this.found(failure),
      onCut: (head) => this.cut(head),
    });
    this.network = new SimNetwork(this.setting, this.server, this.threw);
    const count = this.random.pick([3, 3, 3, 4]);
    for (let i = 0; i < count; i++) {
      const profile = this.add(emptyDeviceState(newReplicaMeta(worldSpace, this.random.hex(16))));
      if (this.random.chance(0.4)) this.openTab(profile);
    }
  }

  /** People act and everything fails, until as many acts have been tried as the world has. */
  async live(): Promise<void> {
    const acts = this.options.acts ?? actsPerWorld;
    const isWhole = this.options.only === undefined;
    for (let steps = 0; (isWhole ? this.acts : this.people.attempts) < acts && !this.failure; steps++) {
      if (steps > acts * stepsPerAct) {
        if (isWhole) this.failure = `only ${this.acts} acts in ${steps} steps`;
        return;
      }
      if (this.random.chance(fateChance)) {
        await this.scheduler.standStill();
        strikeDevice(this);
      }
      await this.scheduler.runOne();
    }
  }

  judgeAtRest(): void {
    const { invariants } = this;
    for (const profile of this.profiles) {
      forgetIfClaimed(this, profile);
      if (profile.local) this.found(`[D9] ${profile.name} has not claimed its own ledger`);
    }
    this.found(invariants.atRest(this.profiles.map((each) => each.state)));
    this.found(invariants.ofTables(this.server.rows.all(worldSpace)));
    if (this.failure) return;
    this.found(judge({ deeds: this.deeds, erased: this.erased, wasCut: this.wasCut, ...invariants.refold() }));
  }

  /** A device joins with this on its disk. */
  add(state: DeviceState): Profile {
    const name = `device ${this.profiles.length + 1}`;
    const profile = new Profile(name, state, this.setting, (before, after) => {
      this.found(this.invariants.ofCommit(name, before, after));
      if (!before.meta.reidentify && after.meta.reidentify) {
        this.forks += 1;
        this.tell(() => `${name} takes a new identity`);
      }
    });
    this.network.signIn(profile);
    this.profiles.push(profile);
    this.openTab(profile);
    return profile;
  }

  openTab(profile: Profile): void {
    const tab = new SimTab(profile, this.setting, {
      transport: (task) => this.network.transport(profile, task),
      onOutcome: (outcome) => {
        if (outcome.type !== 'progress' || outcome.moved)
          this.tell(() => `${profile.name} synced: ${JSON.stringify(outcome)}, cursor ${profile.state.meta.cursor}`);
        forgetIfClaimed(this, profile);
        if (outcome.type === 'corrupt' && this.faults.counts.alteredAnswer === 0)
          this.found('an answer contradicts itself');
      },
      onError: this.threw,
      checkpointEvery: this.settings.entriesPerSnapshot,
    });
    profile.tabs = [...profile.tabs, tab];
    tab.wake('asked');
    this.run(claim(this, profile, tab.task));
    this.run(this.people.sitAt(tab));
    this.run(this.pollFrom(tab));
  }

  closeTab(tab: SimTab): void {
    this.scheduler.kill(tab.task);
    tab.profile.tabs = tab.profile.tabs.filter((each) => each !== tab);
  }

  /** The browser dies: only what is on the disk is left. Another state may be put there in its stead. */
  crash(profile: Profile, left: DeviceState = profile.state): void {
    for (const tab of profile.tabs) this.closeTab(tab);
    if (left !== profile.state) this.replace(profile, left);
    const downMs = this.random.pick([0, 10, 5000, 1_800_000]);
    this.later(downMs, () => {
      if (profile.tabs.length === 0) this.openTab(profile);
    });
  }

  /** What the outbox held and the other state does not is gone, unless the log has it or another copy sends it. */
  private replace(profile: Profile, left: DeviceState): void {
    const { meta, outbox } = profile.state;
    const held = new Set(left.outbox.flatMap((item) => item.identities));
    const gone = outbox.flatMap((item) => item.identities).filter((identity) => !held.has(identity));
    const told = meta.nextNumber - 1 - meta.confirmedNumber;
    if (gone.length > told) this.found(`[D2] ${gone.length} changes gone, but only ${told} were told as not backed up`);
    for (const identity of [...gone, ...this.lostBy(profile.state)]) this.erased.add(identity);
    profile.disk.state = left;
    // A copy of the profile brings back the other ledger of its time.
    const { claim: begun } = left.meta;
    if (begun) profile.local = this.locals.get(begun.from);
    else if (left.meta.cursor > 0) profile.local ??= profile.forgotten;
  }

  /** Changes that a device saw confirmed and a restored server lost: it will offer them again. */
  lostBy(state: DeviceState): readonly Identity[] {
    const { landed } = this.invariants.refold();
    return ownKept(state).filter((identity) => !landed.has(identity));
  }

  /** The server lost what was above; only what an author still has comes back. */
  private cut(head: number): void {
    this.tell(() => `the server is restored, nothing above ${head} is left`);
    const held = new Set(
      this.profiles.flatMap(({ state }) => [...state.outbox.flatMap((item) => item.identities), ...ownKept(state)]),
    );
    for (const [identity, { seq }] of this.invariants.refold().landed) {
      if (seq > head && !held.has(identity)) this.erased.add(identity);
    }
    this.invariants.cut();
    this.wasCut = true;
  }

  later(delayMs: number, run: () => void): void {
    this.scheduler.after(this.fate, delayMs, run);
  }

  /** Starts something of its own; whatever it throws, but for its own death and a full disk, is a failure. */
  run(running: Promise<unknown>): void {
    running.then(
      () => this.scheduler.mark(),
      (error: unknown) => {
        if (!(error instanceof Killed) && !(error instanceof DiskFull)) this.threw(error);
      },
    );
  }

  /** Not known to be in the log until the server says so. */
  wroteThroughServer(deed: Deed): void {
    this.deeds.push(deed);
    this.erased.add(deed.identity);
    this.tell(() => `through the server: ${JSON.stringify(deed)}`);
  }

  /** [F10] What the server says it wrote is there, once, unless a restore takes it away again. */
  foundInLog({ id: identity, ifMatch }: ServerWrite, seq: number): void {
    const places = this.server.everything.filter(({ entry }) => entry.type === 'server' && entry.id === identity);
    if (places.length === 1 && places[0]?.entry.seq === seq) this.erased.delete(identity);
    const matched = ifMatch !== undefined && ifMatch.seq > 0 && places[0] !== undefined;
    if (matched && places[0]?.entry.epoch !== ifMatch.epoch) this.found(`[F10] ${identity} matched another epoch`);
    if (places.length !== 1 && !this.wasCut)
      this.found(`[F10] ${identity} stands in the log ${places.length} times, answered ${seq}`);
  }

  notInLog(identity: Identity): void {
    const isThere = this.server.everything.some(({ entry }) => entry.type === 'server' && entry.id === identity);
    if (isThere) this.found(`[F10] ${identity} was refused, and written`);
  }

  found(failure: string | undefined): void {
    this.failure ??= failure;
  }

  private readonly threw = (error: unknown): void => {
    this.found(error instanceof Error ? `threw: ${error.stack ?? error.message}` : 'threw');
  };

  readonly tell = (line: () => string): void => {
    this.options.tell?.(`${((this.scheduler.nowMs - startMs) / 1000).toFixed(3)} ${line()}`);
  };

  readonly allows = (name: string): boolean => {
    if (this.options.only && !this.options.only.has(name)) return false;
    this.events.push(name);
    this.tell(() => name);
    return true;
  };

  private async pollFrom(tab: SimTab): Promise<void> {
    for (;;) {
      await this.scheduler.sleep(tab.task, this.random.between(60_000, 600_000));
      tab.wake('poll');
    }
  }
}

/** Confirmed changes that this device made, and offers again to a server that lost them [L4]. */
const ownKept = ({ kept }: DeviceState): readonly Identity[] =>
  kept.flatMap(({ identities, own }) => (own === 'all' ? identities : identities.filter((_, i) => own.includes(i))));

const settingsFrom = (random: Random): LifecycleSettings => ({
  entriesPerSegment: 4,
  entriesPerSnapshot: random.pick([8, 16, 32]),
  recordsPerPart: random.pick([2, 3, 100]),
  functionTimeoutMs: 120_000,
});
