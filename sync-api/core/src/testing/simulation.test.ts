import { describe, expect, it } from 'vitest';
import { faultKinds, noFaults } from './sim-faults.ts';
import { runWorld } from './simulation.ts';

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
  });

  it('the same seed gives the same world', async () => {
    expect(await runWorld(7)).toEqual(await runWorld(7));
  });
});
