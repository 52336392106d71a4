import { judge } from './oracle.ts';
import type { Steps } from './sim-small-scope-steps.ts';
import { type Side, type SmallWorld, withDevice } from './sim-small-scope-world.ts';

/** [I15] 2 + pending / cap + devices; a clone finds out, pulls under a new name and only then pushes (D8). */
const roundsMax = 6;

/** Lets the devices sync in turn, nothing failing, until both have all and nothing waits; throws if they do not. */
export const heal = async (from: SmallWorld, steps: Steps): Promise<SmallWorld> => {
  let world = from;
  for (let rounds = 0; !isQuiet(world); rounds++) {
    if (rounds === roundsMax) throw new Error('[I15] not settled');
    for (const side of [0, 1] as const) world = await round(world, side, steps);
  }
  return world;
};

const isQuiet = ({ devices, log }: SmallWorld): boolean =>
  devices.every(
    ({ state: { value } }) =>
      value.outbox.length === 0 && value.meta.cursor === log.value.length && !value.meta.reidentify,
  );

const round = async (world: SmallWorld, side: Side, steps: Steps): Promise<SmallWorld> => {
  const { state } = world.devices[side];
  const request = await steps.ask(state);
  const served = await steps.serve(request, world.log, world.deeds.value.length);
  const next = await steps.apply(side, state, request, served.answer, served.log);
  return withDevice({ ...world, log: served.log }, side, { state: next, flights: [] });
};

/** Throws the first invariant that does not hold of a healed world. */
export const judgeAtRest = ({ devices, log, deeds }: SmallWorld, steps: Steps): void => {
  const invariants = steps.judgeOf(log);
  const failure =
    invariants.atRest(devices.map(({ state }) => state.value)) ??
    judge({ deeds: deeds.value.map((deed) => deed.value), erased: new Set(), wasCut: false, ...invariants.refold() });
  if (failure) throw new Error(failure);
};
