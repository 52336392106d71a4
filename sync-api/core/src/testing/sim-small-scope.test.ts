import { describe, expect, it } from 'vitest';
import { explore, type SmallAct, smallActs } from './sim-small-scope.ts';

/** What the first device does; the second does one act of any kind, at any moment. */
const pairs: readonly (readonly SmallAct[])[] = [
  ['write', 'note'],
  ['note', 'delete'],
  ['delete', 'write'],
  ['generate', 'note'],
];

describe('two devices and three changes', () => {
  it.each(['nothing', 'shared', 'deleted'] as const)(
    'every interleaving of acts, requests and answers keeps the invariants, from %s on',
    async (start) => {
      for (const pair of pairs) {
        for (const third of smallActs) {
          const scope = { start, acts: [pair, [third]], skewsMs: [0, 0], roundsMax: 1, lostMax: 0 } as const;
          const { failure, endings } = await explore(scope);
          expect(failure).toBeUndefined();
          expect(endings).toBeGreaterThan(10);
        }
      }
    },
  );

  it('a request or an answer that is lost changes nothing', async () => {
    const scope = {
      start: 'shared',
      acts: [['note', 'delete'], ['note']],
      skewsMs: [0, 9000],
      roundsMax: 1,
      lostMax: 1,
    } as const;
    expect(await explore(scope)).not.toHaveProperty('failure');
  });
});
