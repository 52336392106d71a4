import { describe, expect, it } from 'vitest';
import { faultKinds, noFaults } from './sim-faults.ts';
import { runWorld } from './simulation.ts';

/**
 * Worlds that fail, each with one of the faults that the engine had until worlds failed of them (`foundMutants` has them
 * all); they stay so for as long as the draws of a world are not changed, and are ordinary worlds then.
 */
const pinnedSeeds = [
  // A device told of another missed edit than the rest, as its rows had come through a snapshot, in another order.
  111,
  // A damaged snapshot was asked for again and again.
  4,
  // A new identity searched up to a head that a restore had cut off, and waited there.
  84,
  // Two copies of a profile took the same new identity; one met its own stubs under it for ever.
  470,
];

describe('simulated worlds', () => {
  it('every invariant holds in worlds of at least 3 devices and 200 acts, 5 kinds of fault in each', async () => {
    const faults = noFaults();
    for (let seed = 1; seed <= 40; seed++) {
      const report = await runWorld(seed);
      expect(report.failure, `seed ${seed}`).toBeUndefined();
      expect(report.replicas).toBeGreaterThanOrEqual(3);
      expect(report.acts).toBeGreaterThanOrEqual(200);
      expect(faultKinds.filter((kind) => report.faults[kind] > 0).length).toBeGreaterThanOrEqual(5);
      for (const kind of faultKinds) faults[kind] += report.faults[kind];
    }
    expect(faultKinds.filter((kind) => faults[kind] === 0)).toEqual([]);
  }, 120_000);

  it.each(pinnedSeeds)('the world of seed %i, which failed once, holds', async (seed) => {
    expect((await runWorld(seed)).failure).toBeUndefined();
  });

  it('the same seed gives the same world', async () => {
    expect(await runWorld(7)).toEqual(await runWorld(7));
  });
});
