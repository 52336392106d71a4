import { type SmallScope, type SmallStart, smallStarts } from './sim-small-scope.ts';
import { actMs } from './sim-small-scope-steps.ts';

const hourMs = 3_600_000;

/** Both clocks right; one an hour ahead; one an hour behind; one ahead so that acts of both have the same time. */
const skewsMs = [0, hourMs, -hourMs, actMs] as const;

/**
 * What `npm run sim:small` covers: from every start three changes with one request of a device under way, whichever clock
 * is off; and two changes with two of them, the clocks right or one an hour ahead (of clones only right). Left out is what
 * only has other names: where both devices begin alike, the second clock being off instead of the first.
 *
 * Not covered, and left to the random worlds: a second record, crashes inside a transaction, acts on a sight that is older
 * than the screen, snapshots, archives, restores, the server's own writes. Nothing here folds a change twice (F1), so
 * that the mutant `fold-twice` goes unnoticed.
 */
export const smallScopes = (): readonly SmallScope[] => [
  ...skewsMs.flatMap((skewMs) =>
    smallStarts.flatMap((start) =>
      clocksOff(start, skewMs).map((skews) => ({ start, skewsMs: skews, changesMax: 3, flightsMax: 1 })),
    ),
  ),
  ...smallStarts.flatMap((start) =>
    ([0, hourMs] as const)
      .filter((skewMs) => start !== 'cloned' || skewMs === 0)
      .map((skewMs) => ({ start, skewsMs: [skewMs, 0] as const, changesMax: 2, flightsMax: 2 })),
  ),
];

const clocksOff = (start: SmallStart, skewMs: number): readonly (readonly [number, number])[] =>
  skewMs === 0 || start === 'nothing' || start === 'cloned'
    ? [[skewMs, 0]]
    : [
        [skewMs, 0],
        [0, skewMs],
      ];
