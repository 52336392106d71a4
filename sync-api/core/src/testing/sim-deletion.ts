import { exchange } from '../client/exchange.ts';
import { newReplicaMeta } from '../client/new-replica.ts';
import { recordActs } from '../client/record-acts.ts';
import { testId } from './change-builder.ts';
import { emptyDeviceState } from './memory-client-store.ts';
import type { Task } from './scheduler.ts';
import type { Profile } from './sim-profile.ts';
import { worldSpace } from './sim-server.ts';
import type { World } from './sim-world.ts';

/**
 * [L6] [I14] The account is deleted while devices still push, one of them for the first time: nothing follows the seal,
 * nothing is left but it, and whoever comes later keeps what they have.
 */
export const deleteAccount = async (world: World): Promise<void> => {
  const { server, scheduler, settings } = world;
  const late = [await lateDevice(world), await lateDevice(world), await lateDevice(world)];
  for (const profile of world.profiles) world.run(pushAtOnce(world, profile));
  world.run(server.materialise());
  // What they write is swept while they read it back, and they say so.
  world.run(server.takeSnapshot().catch(() => undefined));
  world.run(server.compact().catch(() => undefined));
  const asked: Task = { isKilled: false };
  world.run(scheduler.sleep(asked, world.random.between(0, 150)).then(() => server.deleteSpace()));
  await runDry(world);
  const waiting = late.map((profile) => profile.state.outbox.length);
  for (const profile of world.profiles) world.run(pushAtOnce(world, profile));
  world.run(server.materialise());
  await runDry(world);
  const left = () => server.whatIsLeft();
  const finished = server.finishDeletions(scheduler.nowMs + 4 * settings.functionTimeoutMs);
  world.found(await finished.then(left, (error: unknown) => `[L6] ${String(error)}`));
  if (late.some((profile, index) => profile.state.outbox.length !== waiting[index]))
    world.found('[D2] a refused push left the outbox');
};

/** Has something to say, and never said anything. */
const lateDevice = async (world: World): Promise<Profile> => {
  const profile = world.add(emptyDeviceState(newReplicaMeta(worldSpace, world.random.hex(16))));
  for (const tab of profile.tabs) world.closeTab(tab);
  const act = { type: 'set', kind: 'expense', id: testId(99), values: { note: 'late' } } as const;
  const task: Task = { isKilled: false };
  world.run(recordActs(profile.open(task), [act], { at: profile.now() }));
  await runDry(world);
  return profile;
};

const pushAtOnce = async (world: World, profile: Profile): Promise<void> => {
  const task: Task = { isKilled: false };
  await exchange(profile.open(task), world.network.transport(profile, task), {
    changesMax: 100,
    newReplica: world.random.hex(16),
    now: profile.now(),
    checkpointEvery: world.settings.entriesPerSnapshot,
  });
};

const runDry = async (world: World): Promise<void> => {
  await world.scheduler.standStill();
  while (await world.scheduler.runOne());
  await world.scheduler.standStill();
};
