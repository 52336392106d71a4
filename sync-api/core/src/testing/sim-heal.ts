import { exchange } from '../client/exchange.ts';
import type { DeviceState } from './memory-client-store.ts';
import type { Task } from './scheduler.ts';
import type { Profile } from './sim-profile.ts';
import { worldSpace } from './sim-server.ts';
import type { World } from './sim-world.ts';

/** Changes a push may hold while the rounds of I15 are counted. */
const cap = 5;
/** The longest back-off, a round that hangs, and the rounds that are then left. */
const patienceMs = 1_200_000;

/** Faults stop; [I15] within `2 + pending / cap + devices` rounds every outbox is empty and all agree. */
export const healByRounds = async (world: World): Promise<void> => {
  await calmDown(world);
  for (const profile of world.profiles) for (const tab of profile.tabs) world.closeTab(tab);
  await runDry(world);
  const pending = Math.max(...world.profiles.map(({ state }) => waiting(state) + world.lostBy(state).length));
  const bound = 2 + Math.ceil(pending / cap) + world.profiles.length + (await archivedRuns(world));
  for (let rounds = 0; !isSettled(world) && !world.failure; rounds++) {
    if (rounds > bound) return world.found(`[I15] not settled after ${bound} rounds`);
    for (const profile of world.profiles) world.run(roundOf(world, profile));
    await runDry(world);
  }
  await catchUp(world);
};

/** Faults stop, and nobody does anything any more: the sync machines of the open pages finish by themselves [I15]. */
export const healByThemselves = async (world: World): Promise<void> => {
  await calmDown(world);
  for (const profile of world.profiles) if (profile.tabs.length === 0) world.openTab(profile);
  const deadlineMs = world.scheduler.nowMs + patienceMs;
  // What a slow function was asked to write may land so much later.
  const lateMs = world.scheduler.nowMs + 2 * world.settings.functionTimeoutMs;
  while (!(isSettled(world) && world.scheduler.nowMs > lateMs) && !world.failure) {
    if (world.scheduler.nowMs > deadlineMs) return world.found(`[I15] not settled by itself: ${phases(world)}`);
    goOn(world);
    await world.scheduler.runOne();
  }
  for (const profile of world.profiles) for (const tab of profile.tabs) world.closeTab(tab);
  await runDry(world);
  await catchUp(world);
};

/** People sign in again, or update the program, when they are told to: a refusal may still have been on its way. */
const goOn = (world: World): void => {
  for (const profile of world.profiles)
    for (const tab of profile.tabs) if (tab.state.phase.type === 'blocked') tab.wake('asked');
};

const calmDown = async (world: World): Promise<void> => {
  await world.scheduler.standStill();
  world.faults.isCalm = true;
  world.scheduler.kill(world.fate);
  world.tell(() => 'all faults stop');
  for (const profile of world.profiles) {
    profile.isOnline = true;
    profile.isAhead = false;
    world.network.signIn(profile);
  }
};

/** Runs what is on its way; with every page closed there is an end to it. */
const runDry = async (world: World): Promise<void> => {
  await world.scheduler.standStill();
  while (await world.scheduler.runOne());
  await world.scheduler.standStill();
};

const waiting = ({ meta }: DeviceState): number => meta.nextNumber - 1 - meta.confirmedNumber;

/** An answer holds one segment of the archives: a device that has to read them all asks so often, and once more anew. */
const archivedRuns = async (world: World): Promise<number> => {
  const { floor } = await world.server.history.spaces.facts(worldSpace);
  return 2 * Math.floor((floor - 1) / world.settings.entriesPerSegment);
};

/** The parts of a snapshot count as one round; no world has more of them. */
const partsMax = 200;

const roundOf = async (world: World, profile: Profile): Promise<void> => {
  const task: Task = { isKilled: false };
  const { random } = world.setting;
  world.network.signIn(profile);
  for (let parts = 0; parts < partsMax; parts++) {
    const outcome = await exchange(profile.open(task), world.network.transport(profile, task), {
      changesMax: cap,
      newReplica: random.hex(16),
      now: profile.now(),
      checkpointEvery: world.settings.entriesPerSnapshot,
    });
    world.tell(() => `${profile.name} round: ${JSON.stringify(outcome)}, cursor ${profile.state.meta.cursor}`);
    if (outcome.type !== 'progress' || !outcome.loading) return;
  }
};

const isSettled = (world: World): boolean =>
  world.profiles.every(({ state: { meta, outbox } }) => {
    return outbox.length === 0 && meta.cursor === world.server.head && !meta.reidentify && !meta.bootstrap;
  });

const phases = (world: World): string =>
  JSON.stringify(
    world.profiles.map(({ name, state: { meta }, tabs }) => [name, meta.cursor, tabs.map((tab) => tab.state.phase)]),
  );

const catchUp = async (world: World): Promise<void> => {
  const { rows } = world.server;
  while (!world.failure && (await rows.applied(worldSpace)) < world.server.head) {
    const before = await rows.applied(worldSpace);
    world.run(world.server.materialise());
    await runDry(world);
    if ((await rows.applied(worldSpace)) === before) return world.found(`[I9] the tables stand still at ${before}`);
  }
};
