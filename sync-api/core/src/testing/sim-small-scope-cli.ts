import { explore, smallActs } from './sim-small-scope.ts';

/**
 * `npm run sim:small`: explores two devices and three changes in every combination of acts, starts and clocks, with one
 * request or answer lost anywhere, and prints one JSON line; 1 on any failure. Takes some minutes.
 */
const totals = { scopes: 0, states: 0, endings: 0, failures: 0 };
const skews = [
  [0, 0],
  [3_600_000, 0],
  [0, -3_600_000],
] as const;
for (const start of ['nothing', 'shared', 'deleted'] as const) {
  for (const skewsMs of skews) {
    for (const first of smallActs) {
      for (const second of smallActs) {
        for (const third of smallActs) {
          const acts = [[first, second], [third]] as const;
          const { states, endings, failure } = await explore({ start, acts, skewsMs, roundsMax: 1, lostMax: 1 });
          totals.scopes += 1;
          totals.states += states;
          totals.endings += endings;
          if (!failure) continue;
          totals.failures += 1;
          console.error(failure);
        }
      }
    }
  }
}
console.log(JSON.stringify(totals));
process.exitCode = totals.failures === 0 ? 0 : 1;
