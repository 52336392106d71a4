import { exchange } from '../client/exchange.ts';
import { idOfKey, kindOfKey, type RecordKey } from '../protocol/ids.ts';
import type { DeviceState } from './memory-client-store.ts';
import type { Task } from './scheduler.ts';
import type { Profile } from './sim-profile.ts';
import { claim } from './sim-claims.ts';
import { worldSpace } from './sim-server.ts';
import type { World } from './sim-world.ts';

/** Changes a push may hold while the rounds of I15 are counted. */
const cap = 5;
/** Told of it, loading, reading on, and offering what waits. */
const repairRounds = 4;
/** The longest back-off, a round that hangs, and the rounds that are then left. */
const patienceMs = 1_200_000;

/** Faults stop; [I15] within `2 + pending / cap + devices` rounds every outbox is empty and all agree. */
export const healByRounds = async (world: World): Promise<void> => {
  await calmDown(world);
  for (const profile of world.profiles) for (const tab of profile.tabs) world.closeTab(tab);
  await runDry(world);
  const pending = Math.max(...world.profiles.map(({ state }) => waiting(state) + world.lostBy(state).length));
  // A ledger that turns out to be damaged is replaced, searched for and offered again.
  const repairs = world.profiles.some(({ state }) => world.invariants.isDiverged(state)) ? repairRounds : 0;
  const bound = 2 + Math.ceil(pending / cap) + world.profiles.length + (await archivedRuns(world)) + repairs;
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

/**
 * [L5] A damaged row is noticed with the first checkpoint after the log has touched it. Programs touch all rows, people do
 * nothing, and whoever is still damaged is alarmed and repairs itself.
 */
export const repairByAlarm = async (world: World): Promise<void> => {
  const { server, invariants, settings, random } = world;
  const isHurt = ({ state }: Profile): boolean => invariants.isDiverged(state);
  if (!world.profiles.some(isHurt)) return;
  const keys = [...invariants.refold().rows.keys()];
  for (let touched = 0; touched < keys.length || server.head % settings.entriesPerSnapshot !== 0; touched++) {
    const key = keys[touched % keys.length] as RecordKey;
    const on = { kind: kindOfKey(key), id: idOfKey(key), at: world.scheduler.nowMs };
    world.run(server.write({ id: random.uuid(), change: { ...on, op: 'generate', set: { note: ['made'] } } }));
    await runDry(world);
    // Not so far behind that a snapshot would take the place of the rows unasked.
    for (const profile of world.profiles.filter(isHurt)) world.run(roundOf(world, profile));
    await runDry(world);
  }
  world.run(server.takeSnapshot());
  await runDry(world);
  const bound = repairRounds + world.profiles.length + (await archivedRuns(world));
  for (let rounds = 0; !world.failure && (!isSettled(world) || world.profiles.some(isHurt)); rounds++) {
    const hurt = world.profiles.filter(isHurt).map(({ name }) => name);
    if (rounds > bound) return world.found(`[L5] not repaired after ${bound} rounds: ${hurt.join()}`);
    for (const profile of world.profiles) world.run(roundOf(world, profile));
    await runDry(world);
  }
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
    // On a disk that was full it broke off.
    world.run(claim(world, profile, { isKilled: false }));
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
  while (!world.failure && (await rows.applied(worldSpace)).seq < world.server.head) {
    const before = (await rows.applied(worldSpace)).seq;
    world.run(world.server.materialise());
    await runDry(world);
    if ((await rows.applied(worldSpace)).seq === before) return world.found(`[I9] the tables stand still at ${before}`);
  }
};
