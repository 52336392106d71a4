import { describe, expect, it } from 'vitest';
import { faultKinds, noFaults } from './sim-faults.ts';
import { runWorld } from './simulation.ts';

/**
 * Seeds of worlds that once failed, each with what it found. They stay green for as long as the draws of a world are
 * not changed; then they are ordinary worlds.
 */
const pinnedSeeds = [
  // An act carried the sight from before another tab's edit: a pending delete hid an edit it had not seen.
  1283,
  // A pending delete that a later edit had already undone still lent its own bases.
  1183, 1011,
];

describe('simulated worlds', () => {
  it('every invariant holds in thirty worlds of at least 3 devices and 100 acts, and every kind of fault strikes', async () => {
    const faults = noFaults();
    for (let seed = 1; seed <= 30; seed++) {
      const report = await runWorld(seed);
      expect(report.failure, `seed ${seed}`).toBeUndefined();
      expect(report.devices).toBeGreaterThanOrEqual(3);
      expect(report.acts).toBeGreaterThanOrEqual(100);
      for (const kind of faultKinds) faults[kind] += report.faults[kind];
    }
    expect(faultKinds.filter((kind) => faults[kind] === 0)).toEqual([]);
  });

  it.each(pinnedSeeds)('the world of seed %i, which failed once, holds', async (seed) => {
    expect((await runWorld(seed)).failure).toBeUndefined();
  });

  it('the same seed gives the same world', async () => {
    expect(await runWorld(7)).toEqual(await runWorld(7));
  });
});
