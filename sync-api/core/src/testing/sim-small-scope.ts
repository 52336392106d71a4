import { newReplicaMeta } from '../client/new-replica.ts';
import { testReplica } from './change-builder.ts';
import { emptyDeviceState } from './memory-client-store.ts';
import { heal, judgeAtRest } from './sim-small-scope-judge.ts';
import { createSteps, type SmallAct, smallActs, smallSpace, type Steps } from './sim-small-scope-steps.ts';
import {
  endingOf,
  type Flight,
  type Side,
  type SmallDevice,
  type SmallWorld,
  withDevice,
  worldName,
} from './sim-small-scope-world.ts';

/** Two devices as they begin; what they do, and what happens to it on the way, is explored. */
export type SmallScope = {
  /** The record is not there; both have it; both know it deleted; both have it as a program made it; see `cloned`. */
  readonly start: SmallStart;
  /** How far each clock is off, milliseconds. */
  readonly skewsMs: readonly [number, number];
  /** Changes made from here on, by either. */
  readonly changesMax: number;
  /** Requests of one device under way at once: tabs, or one that was given up and comes late. */
  readonly flightsMax: number;
};

/** `cloned`: the second profile is a copy of the first, in which a change was waiting. */
export const smallStarts = ['nothing', 'shared', 'deleted', 'made', 'cloned'] as const;
export type SmallStart = (typeof smallStarts)[number];

export type SmallReport = {
  readonly states: number;
  readonly transitions: number;
  /** Different states with nothing under way, each healed and judged. */
  readonly endings: number;
  /** The first broken invariant, and the steps that lead to it. */
  readonly failure?: string;
};

type Story = { readonly step: string; readonly before: Story } | undefined;

type Open = { readonly world: SmallWorld; readonly story: Story };

/**
 * Every interleaving of acts, requests, servings and answers of two devices, any number of rounds and of lost requests and
 * answers among them. A state is explored once, however it was reached; each with nothing under way is healed and judged.
 *
 * It ends because rounds and losses are not counted: a round that brings nothing leads back to where it began, and only
 * acts, of which there are `changesMax`, make something new. Steps are worked out once for what they depend on
 * (`createSteps`), so that a transition of the graph is a look-up nearly always.
 *
 * Unless `isReduced` is false, orders are left out that lead to the same endings as others:
 * - To ask reads one device's state, to apply writes one; only that device's acts and applyings depend on either. An
 *   asking can be moved behind what the other device does, up to the own step that follows: its serving, an act or an
 *   applying. An applying can be moved before what the other device does, down to the own step that it follows. What
 *   cannot be moved so has nothing to follow or to be followed by, and is as if lost. So asking is explored only
 *   right before such a step, and applying only right behind one.
 * - A request that never arrives has changed nothing: it is as if it had not been asked. An answer that never arrives can
 *   be lost when it is given, since a device that waits for it could do no more than one that does not. Requests and
 *   answers still under way at the end are lost.
 * - Where both devices begin alike and their clocks run alike, the first act is the first device's: any other order is
 *   one of these with the names exchanged. Names break ties of time only [F4], and no two acts have the same time then.
 */
export const explore = async (scope: SmallScope, isReduced = true): Promise<SmallReport> => {
  const search = new Search(scope, isReduced);
  const failure = await search.run();
  return {
    states: search.seen.size,
    transitions: search.transitions,
    endings: search.endings.size,
    ...(failure === undefined ? {} : { failure: `${failure} in ${JSON.stringify(scope)}` }),
  };
};

class Search {
  readonly seen = new Set<string>();
  readonly endings = new Set<string>();
  readonly rests = new Set<string>();
  transitions = 0;
  private readonly scope: SmallScope;
  private readonly isReduced: boolean;
  private readonly steps: Steps;
  private readonly open: Open[] = [];
  private given = 0;

  constructor(scope: SmallScope, isReduced: boolean) {
    this.scope = scope;
    this.isReduced = isReduced;
    this.steps = createSteps(scope.skewsMs);
  }

  async run(): Promise<string | undefined> {
    let at: Open | undefined;
    try {
      const world = await begin(this.scope, this.steps);
      this.given = world.deeds.value.length;
      this.reach({ world, story: undefined });
      for (at = this.open.pop(); at; at = this.open.pop()) {
        await this.judge(at.world);
        for (const side of sides) await this.leave(at, side);
      }
      return undefined;
    } catch (error) {
      return `${error instanceof Error ? error.message : String(error)} after ${tell(at?.story)}`;
    }
  }

  private reach(next: Open): void {
    const name = worldName(next.world);
    if (this.seen.has(name)) return;
    this.seen.add(name);
    this.open.push(next);
  }

  private async judge(world: SmallWorld): Promise<void> {
    if (world.devices.some(({ flights }) => flights.length > 0)) return;
    const ending = endingOf(world);
    if (this.endings.has(ending)) return;
    this.endings.add(ending);
    const healed = await heal(world, this.steps);
    const rest = endingOf(healed);
    if (this.rests.has(rest)) return;
    this.rests.add(rest);
    judgeAtRest(healed, this.steps);
  }

  private async leave(from: Open, side: Side): Promise<void> {
    await this.act(from, side);
    for (const flight of from.world.devices[side].flights) await this.serve(from, side, flight);
    await this.ask(from, side);
    if (!this.isReduced) await this.apply(from, side);
  }

  private actsLeft({ deeds }: SmallWorld): number {
    return this.scope.changesMax - (deeds.value.length - this.given);
  }

  private step(
    { world, story }: Open,
    change: Partial<SmallWorld>,
    side: Side,
    device: SmallDevice,
    step: string,
  ): Open {
    this.transitions += 1;
    const next = withDevice({ ...world, ...change }, side, device);
    return { world: next, story: { step: `${side} ${step}`, before: story } };
  }

  /** Anybody may go on from here, or this device applies what came to it before. */
  private async goOn(next: Open, side: Side): Promise<void> {
    this.reach(next);
    if (this.isReduced) await this.apply(next, side);
  }

  private async act(from: Open, side: Side): Promise<void> {
    const { world } = from;
    const left = this.actsLeft(world);
    if (left === 0) return;
    if (left === this.scope.changesMax && side === 1 && this.isReduced && isSymmetric(this.scope)) return;
    const device = world.devices[side];
    for (const kind of smallActs) {
      const done = await this.steps.act(side, kind, device.state, world);
      if (!done) continue;
      const deeds = this.steps.also(world.deeds, done.deed);
      await this.goOn(this.step(from, { deeds }, side, { ...device, state: done.state }, kind), side);
    }
  }

  private async ask(from: Open, side: Side): Promise<void> {
    const device = from.world.devices[side];
    if (device.flights.length >= this.scope.flightsMax) return;
    const flight: Flight = { request: await this.steps.ask(device.state), answer: null };
    const next = this.step(from, {}, side, { ...device, flights: [...device.flights, flight] }, 'asks');
    if (!this.isReduced) return this.reach(next);
    await this.serve(next, side, flight);
    await this.act(next, side);
    await this.apply(next, side);
    await this.ask(next, side);
  }

  private async serve(from: Open, side: Side, flight: Flight): Promise<void> {
    if (flight.answer) return;
    const { world } = from;
    const device = world.devices[side];
    const { log, answer } = await this.steps.serve(flight.request, world.log, world.deeds.value.length);
    const others = device.flights.filter((each) => each !== flight);
    const answered = { ...device, flights: [...others, { ...flight, answer }] };
    const served = this.step(from, { log }, side, answered, 'is served');
    // An answer on its way that nothing comes before is applied at once, or is lost.
    if (!this.isReduced || this.actsLeft(world) > 0 || this.scope.flightsMax > 1) this.reach(served);
    if (this.isReduced) await this.apply(served, side);
    this.reach(this.step(from, { log }, side, { ...device, flights: others }, 'is served in vain'));
  }

  private async apply(from: Open, side: Side): Promise<void> {
    const device = from.world.devices[side];
    for (const flight of device.flights) {
      if (!flight.answer) continue;
      const state = await this.steps.apply(side, device.state, flight.request, flight.answer, from.world.log);
      const flights = device.flights.filter((each) => each !== flight);
      await this.goOn(this.step(from, {}, side, { state, flights }, 'applies'), side);
    }
  }
}

const sides = [0, 1] as const;

/** Both devices are alike, so that whoever acts first may be called the first. */
const isSymmetric = ({ start, skewsMs: [a, b] }: SmallScope): boolean =>
  a === b && (start === 'nothing' || start === 'cloned');

const tell = (story: Story): string => {
  const steps: string[] = [];
  for (let each = story; each; each = each.before) steps.unshift(each.step);
  return steps.length === 0 ? 'nothing' : steps.join(', ');
};

const before: Readonly<Record<SmallStart, readonly SmallAct[]>> = {
  nothing: [],
  shared: ['write'],
  deleted: ['write', 'delete'],
  made: ['generate'],
  cloned: ['write'],
};

const begin = async (scope: SmallScope, steps: Steps): Promise<SmallWorld> => {
  const device = (letter: string) => ({
    state: steps.states.hold(emptyDeviceState(newReplicaMeta(smallSpace, testReplica(letter)))),
    flights: [],
  });
  const first: SmallWorld = {
    devices: [device('a'), device('b')],
    log: steps.logs.hold([]),
    deeds: steps.nothingDone,
  };
  let world = first;
  for (const kind of before[scope.start]) world = await done(world, kind, steps);
  world = await heal(world, steps);
  if (scope.start !== 'cloned') return world;
  world = await done(world, 'note', steps);
  return { ...world, devices: [world.devices[0], world.devices[0]] };
};

const done = async (world: SmallWorld, kind: SmallAct, steps: Steps): Promise<SmallWorld> => {
  const device = world.devices[0];
  const act = await steps.act(0, kind, device.state, world);
  return act
    ? withDevice({ ...world, deeds: steps.also(world.deeds, act.deed) }, 0, { ...device, state: act.state })
    : world;
};
