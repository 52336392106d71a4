import { describe, expect, it } from 'vitest';
import { explore, type SmallScope, smallStarts } from './sim-small-scope.ts';

const hourMs = 3_600_000;
const scopeOf = (more: Partial<SmallScope>): SmallScope => ({
  start: 'shared',
  skewsMs: [0, 0],
  changesMax: 2,
  flightsMax: 1,
  ...more,
});

describe('two devices in every interleaving', () => {
  it.each(smallStarts)(
    'two changes and any number of rounds and lost answers keep the invariants, from %s on',
    async (start) => {
      const report = await explore(scopeOf({ start }));
      expect(report).not.toHaveProperty('failure');
      expect(report.endings).toBeGreaterThan(100);
    },
  );

  it.each([[[0, hourMs]], [[hourMs, 0]], [[-hourMs, 0]]] as const)(
    'clocks that are off by %j keep the invariants',
    async (skewsMs) => {
      expect(await explore(scopeOf({ skewsMs }))).not.toHaveProperty('failure');
    },
  );

  it('a second request under way, late or twice, leads to no other ending', async () => {
    for (const start of smallStarts) {
      const [one, two] = [1, 2].map((flightsMax) => explore(scopeOf({ start, changesMax: 1, flightsMax })));
      expect((await two)?.endings).toBe((await one)?.endings);
    }
  });

  it('the orders that are left out lead to no other ending', async () => {
    for (const start of ['shared', 'deleted', 'made'] as const) {
      for (const changesMax of [1, 2]) {
        const scope = scopeOf({ start, changesMax, skewsMs: [hourMs, 0] });
        const [reduced, whole] = [await explore(scope), await explore(scope, false)];
        expect(reduced.endings).toBe(whole.endings);
        expect(reduced.states).toBeLessThan(whole.states);
      }
    }
  });
});
