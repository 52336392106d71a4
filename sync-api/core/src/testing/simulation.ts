import type { FaultCounts } from './sim-faults.ts';
import { healByRounds, healByThemselves, repairByAlarm } from './sim-heal.ts';
import { deleteAccount } from './sim-deletion.ts';
import { World, type WorldOptions } from './sim-world.ts';

/** What one world came to; `failure` is the first broken invariant, in words. */
export type WorldReport = {
  readonly seed: number;
  readonly replicas: number;
  readonly acts: number;
  readonly changes: number;
  /** Values that lost and edits that met a delete. */
  readonly conflicts: number;
  readonly forks: number;
  /** All that the journal holds: conflicts, and changes that were flagged. */
  readonly journaled: number;
  readonly faults: FaultCounts;
  /** Names of the acts and faults that happened, in their order. */
  readonly events: readonly string[];
  readonly failure?: string;
};

export type { WorldOptions } from './sim-world.ts';

/** Runs the world of a seed: people act on 3 to 5 devices while everything fails, then all is healed and judged. */
export const runWorld = async (seed: number, options: WorldOptions = {}): Promise<WorldReport> => {
  const world = new World(seed, options);
  await world.live();
  if (!world.failure) await (seed % 2 === 0 ? healByRounds(world) : healByThemselves(world));
  if (!world.failure) await repairByAlarm(world);
  if (!world.failure) world.judgeAtRest();
  if (!world.failure && seed % 4 === 0) await deleteAccount(world);
  return report(world);
};

const report = (world: World): WorldReport => {
  const { journal, changeCount } = world.invariants.refold();
  return {
    seed: world.seed,
    replicas: world.profiles.length,
    acts: world.acts,
    changes: changeCount,
    conflicts: journal.filter((each) => each.type !== 'rejected').length,
    forks: world.forks,
    journaled: journal.length,
    faults: world.faults.counts,
    events: world.events,
    ...(world.failure ? { failure: world.failure } : {}),
  };
};
