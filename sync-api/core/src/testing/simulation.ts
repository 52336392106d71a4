import { exchange, type Transport, type TransportResult } from '../client/exchange.ts';
import { newReplicaMeta } from '../client/new-replica.ts';
import { look, recordActs } from '../client/record-acts.ts';
import { openEntry } from '../fold.ts';
import { kindOfKey, recordKey, type RecordKey } from '../protocol/ids.ts';
import { parseSyncAnswer, parseSyncRequest } from '../protocol/parse.ts';
import { handleSync } from '../server/handle-sync.ts';
import { materialise } from '../server/materialise.ts';
import { testId } from './change-builder.ts';
import { checkConfirmed, checkLog, checkTables, createDeviceCheck, emptyRefold, extendRefold } from './invariants.ts';
import { createMemoryClientStore, type DeviceState, type MemoryClientStore } from './memory-client-store.ts';
import { createMemoryChangeLog, createMemoryRowStore } from './memory-server-stores.ts';
import { judge } from './oracle.ts';
import { createRandom, type Random } from './random.ts';
import { Scheduler, type Task } from './scheduler.ts';
import { createFaults, type FaultCounts, type Faults, faultyLog, pausedRows } from './sim-faults.ts';
import { type Deed, type Plan, planAct } from './sim-person.ts';

/** What one world came to; `failure` is the first broken invariant, in words. */
export type WorldReport = {
  readonly seed: number;
  readonly devices: number;
  readonly acts: number;
  readonly changes: number;
  readonly conflicts: number;
  readonly forks: number;
  readonly faults: FaultCounts;
  readonly failure?: string;
};

const space = 'world';
const actsPerWorld = 100;
const stepsMax = 20_000;

/** Runs the world of a seed: people act on 3 to 5 devices while everything fails, then all is healed and judged. */
export const runWorld = async (seed: number): Promise<WorldReport> => {
  const world = new World(seed);
  let failure = await world.live();
  failure ??= await world.heal();
  failure ??= world.judgeAtRest();
  return world.report(failure);
};

type Device = {
  readonly name: string;
  store: MemoryClientStore;
  task: Task;
  isSyncing: boolean;
  /** How far this device's clock is off, in milliseconds. */
  skewMs: number;
  /** Earlier states, for a profile that is put back. */
  readonly copies: DeviceState[];
};

/** The act as a broken program would queue it: with a value that no schema allows. */
const poisoned = (plan: Plan): Plan => {
  const bad = { [kindOfKey(plan.deed.key) === 'expense' ? 'date' : 'start']: 'the day before' };
  const act = plan.act.type === 'delete' ? plan.act : { ...plan.act, values: { ...plan.act.values, ...bad } };
  return { act, deed: { ...plan.deed, isPoison: true } };
};

class World {
  private readonly seed: number;
  private readonly random: Random;
  private readonly faults: Faults;
  private readonly scheduler: Scheduler;
  private readonly log = createMemoryChangeLog();
  private readonly rows = createMemoryRowStore();
  private readonly devices: Device[] = [];
  private readonly deeds: Deed[] = [];
  private readonly keys: readonly RecordKey[];
  private readonly apart = emptyRefold();
  private readonly checkDevice = createDeviceCheck();
  private nowMs = 1_000_000;
  private texts = 0;
  private forks = 0;
  private acts = 0;
  private thrown: string | undefined;

  constructor(seed: number) {
    this.seed = seed;
    this.random = createRandom(seed);
    this.faults = createFaults(this.random);
    this.scheduler = new Scheduler(this.random);
    this.keys = [1, 2, 3, 4]
      .map((n) => recordKey('expense', testId(n)))
      .concat([5, 6].map((n) => recordKey('template', testId(n))));
    const count = this.random.between(3, 5);
    for (let i = 0; i < count; i++) this.devices.push(this.newDevice(`device ${i}`));
  }

  private newDevice(name: string): Device {
    const task: Task = { isKilled: false };
    const store = this.storeFor(task, this.random.hex(16));
    return { name, store, task, isSyncing: false, skewMs: 0, copies: [] };
  }

  private storeFor(task: Task, replica: string): MemoryClientStore {
    return createMemoryClientStore(newReplicaMeta(space, replica), { pause: () => this.scheduler.pause(task) });
  }

  async live(): Promise<string | undefined> {
    for (let steps = 0; this.acts < actsPerWorld; steps++) {
      if (steps > stepsMax) return `only ${this.acts} acts in ${stepsMax} steps`;
      this.nowMs += this.random.between(0, 5);
      const device = this.random.pick(this.devices);
      const draw = this.random.next();
      if (draw < 0.08) this.start(this.act(device));
      else if (draw < 0.16) this.startSync(device);
      else if (draw < 0.18) this.startMaterialiser();
      else if (draw < 0.182) this.skew(device);
      else if (this.faults.strikes('crashDevice', 0.002)) this.crash(device, device.store.state());
      else if (device.copies.length > 0 && this.faults.strikes('restoredProfile', 0.0008)) this.restoreProfile(device);
      else if (!this.scheduler.isQuiet) await this.scheduler.runOne();
      if (this.random.chance(0.05)) {
        const failure = this.thrown ?? this.checkDevices();
        if (failure) return failure;
      }
    }
    return undefined;
  }

  /** Faults stop; [I15] within `2 + pending / cap + devices` rounds every outbox is empty and all agree. */
  async heal(): Promise<string | undefined> {
    this.faults.isCalm = true;
    const pending = Math.max(
      ...this.devices.map(
        (device) => device.store.state().meta.nextNumber - 1 - device.store.state().meta.confirmedNumber,
      ),
    );
    for (const device of this.devices) this.crash(device, device.store.state());
    await this.drain();
    const cap = 5;
    const bound = 2 + Math.ceil(pending / cap) + this.devices.length;
    let rounds = 0;
    while (!this.isSettled()) {
      if (rounds++ > bound) return `[I15] not settled after ${bound} rounds`;
      for (const device of this.devices) this.startSync(device, cap);
      await this.drain();
    }
    while ((await this.rows.applied(space)) < this.log.entries(space).length) {
      const before = await this.rows.applied(space);
      this.startMaterialiser();
      await this.drain();
      if ((await this.rows.applied(space)) === before) return `[I9] the tables stand still at ${before}`;
    }
    return undefined;
  }

  judgeAtRest(): string | undefined {
    const log = this.log.entries(space);
    const whole = extendRefold(emptyRefold(), log);
    let failure = this.thrown ?? checkLog(log) ?? this.checkDevices();
    for (const device of this.devices) failure ??= checkConfirmed(device.store.state(), whole.rows);
    failure ??= checkTables(this.rows.all(space), whole.rows);
    const landed = new Map(
      log
        .toReversed()
        .flatMap(({ entry }) => openEntry(entry).changes.map((each) => [each.identity, entry.receivedAt] as const)),
    );
    return failure ?? judge({ deeds: this.deeds, rows: whole.rows, journal: whole.journal, landed });
  }

  report(failure: string | undefined): WorldReport {
    const log = this.log.entries(space);
    return {
      seed: this.seed,
      devices: this.devices.length,
      acts: this.acts,
      changes: log.reduce((sum, { entry }) => sum + (entry.type === 'changes' ? entry.changes.length : 0), 0),
      conflicts: failure ? 0 : this.apart.journal.filter((each) => each.type !== 'rejected').length,
      forks: this.forks,
      faults: this.faults.counts,
      ...(failure ? { failure } : {}),
    };
  }

  private start(running: Promise<unknown>): void {
    running.catch((error: unknown) => {
      this.thrown ??= error instanceof Error ? `threw: ${error.stack ?? error.message}` : 'threw';
    });
  }

  private async drain(): Promise<void> {
    await this.scheduler.runAll();
  }

  private isSettled(): boolean {
    const head = this.log.entries(space).length;
    return this.devices.every((device) => {
      const { meta, outbox } = device.store.state();
      return outbox.length === 0 && meta.cursor === head && !meta.reidentify;
    });
  }

  private checkDevices(): string | undefined {
    extendRefold(this.apart, this.log.entries(space));
    for (const device of this.devices) {
      const failure = this.checkDevice(device.store.state(), this.apart.digests);
      if (failure) return `${failure} on ${device.name}`;
    }
    return undefined;
  }

  /** A person looks at a record, takes their time, and acts on what they saw. */
  private async act(device: Device): Promise<void> {
    const { store, task } = device;
    const key = this.random.pick(this.keys);
    const { shown, sight } = await look(store, key);
    await this.scheduler.pause(task);
    const drawn = planAct(this.random, device.name, key, shown, sight, () => `text ${++this.texts}`);
    if (!drawn) return;
    const isPoison = drawn.deed.type === 'write' && this.faults.strikes('poison', 0.03);
    const plan = isPoison ? poisoned(drawn) : drawn;
    const typedAt = this.nowMs;
    const isClockRight = device.skewMs === 0;
    const at = Math.max(0, typedAt + device.skewMs);
    const recorded = await recordActs(store, [plan.act], { at, ...(isPoison ? { check: () => undefined } : {}) });
    if (!recorded.ok) throw new Error(`an honest act was refused: ${JSON.stringify(recorded.error)}`);
    if (recorded.value === null) return;
    this.acts += 1;
    const { first } = recorded.value;
    const item = store.state().outbox.find((each) => each.first <= first && first <= each.last);
    const identity = item?.identities[first - item.first];
    if (identity === undefined) throw new Error(`act ${first} is not in the outbox`);
    this.deeds.push({ ...plan.deed, identity, typedAt, isClockRight });
    if (this.random.chance(0.2)) device.copies.push(store.state());
  }

  private startSync(device: Device, changesMax = this.random.between(1, 6)): void {
    if (device.isSyncing && !this.faults.isCalm && this.random.chance(0.8)) return;
    device.isSyncing = true;
    const { store, task } = device;
    const before = store.state().meta.reidentify;
    const running = exchange(store, this.transport(device), {
      changesMax,
      newReplica: this.random.hex(16),
      now: this.nowMs,
    });
    this.start(
      running.then((outcome) => {
        if (task.isKilled) return;
        device.isSyncing = false;
        if (outcome.type === 'corrupt') throw new Error('an answer contradicts itself');
        if (!before && store.state().meta.reidentify) this.forks += 1;
      }),
    );
  }

  /** The network between one device and the server: loses, repeats and delays, and never changes a byte. */
  private transport(device: Device): Transport {
    return {
      send: async (request) => {
        const text = JSON.stringify(request);
        await this.scheduler.pause(device.task);
        if (this.faults.strikes('dropRequest', 0.06)) return { type: 'unreachable' };
        const copies = this.faults.strikes('duplicate', 0.06) ? 2 : 1;
        const answers = Array.from({ length: copies }, () => this.serve(text));
        const result = await Promise.race(answers);
        if (this.faults.strikes('dropAnswer', 0.06)) return { type: 'unreachable' };
        if (this.faults.strikes('reorder', 0.1)) for (let i = 0; i < 5; i++) await this.scheduler.pause(device.task);
        return result;
      },
    };
  }

  private serve(text: string): Promise<TransportResult> {
    const task: Task = { isKilled: false };
    if (this.faults.strikes('killServer', 0.03)) {
      const life = this.random.between(0, 3);
      return Promise.race([this.answer(text, task), this.dieAfter(task, life)]);
    }
    return this.answer(text, task);
  }

  private async dieAfter(task: Task, steps: number): Promise<TransportResult> {
    const clock: Task = { isKilled: false };
    for (let i = 0; i < steps; i++) await this.scheduler.pause(clock);
    this.scheduler.kill(task);
    return { type: 'unreachable' };
  }

  private async answer(text: string, task: Task): Promise<TransportResult> {
    const request = parseSyncRequest(text);
    if (!request.ok) throw new Error(`the server cannot read ${text}`);
    const log = faultyLog(this.log, task, { scheduler: this.scheduler, random: this.random, faults: this.faults });
    const result = await handleSync(log, space, request.value, this.nowMs);
    await this.scheduler.pause(task);
    if (!result.ok) return { type: 'refused', refusal: result.error };
    const answer = parseSyncAnswer(JSON.stringify(result.value));
    if (!answer.ok) throw new Error('the device cannot read an answer');
    return { type: 'answer', answer: answer.value };
  }

  private startMaterialiser(): void {
    const task: Task = { isKilled: false };
    const setting = { scheduler: this.scheduler, random: this.random, faults: this.faults };
    this.start(materialise(faultyLog(this.log, task, setting), pausedRows(this.rows, task, this.scheduler), space));
    if (this.faults.strikes('killServer', 0.1)) this.start(this.dieAfter(task, this.random.between(0, 6)));
  }

  private skew(device: Device): void {
    if (!this.faults.strikes('clockSkew', 1)) return;
    device.skewMs = this.random.pick([0, 0, 2_300_000_000_000, -this.nowMs, this.random.between(-900, 900)]);
  }

  /** The process dies: only what was committed is left. */
  private crash(device: Device, left: DeviceState): void {
    this.scheduler.kill(device.task);
    device.task = { isKilled: false };
    device.store = this.storeFor(device.task, left.meta.replica);
    device.store.replace(left);
    device.isSyncing = false;
  }

  /** An earlier copy of the profile is put back: what it had not sent since is gone, its numbers are used again. */
  private restoreProfile(device: Device): void {
    const copy = this.random.pick(device.copies);
    const held = new Set(copy.outbox.flatMap((item) => item.identities));
    const gone = new Set(
      device.store
        .state()
        .outbox.flatMap((item) => item.identities)
        .filter((identity) => !held.has(identity)),
    );
    const mayHaveLeft = new Set(
      this.log.entries(space).flatMap(({ entry }) => openEntry(entry).changes.map((each) => each.identity)),
    );
    for (const deed of this.deeds) {
      if (deed.identity && gone.has(deed.identity) && !mayHaveLeft.has(deed.identity)) deed.isErased = true;
    }
    this.crash(device, copy);
  }
}
