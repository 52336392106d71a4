import { faultKinds, noFaults } from './sim-faults.ts';
import { runWorld } from './simulation.ts';

/** `npm run sim -- --worlds N [--seed S]`: runs N worlds from seed S on and prints one JSON line; 1 on any failure. */
const argument = (name: string, otherwise: number): number => {
  const index = process.argv.indexOf(name);
  const value = index < 0 ? otherwise : Number(process.argv[index + 1]);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} takes a whole number`);
  return value;
};

const worlds = argument('--worlds', 200);
const firstSeed = argument('--seed', 1);
const totals = { worlds, changes: 0, conflicts: 0, forks: 0, journaled: 0, faults: noFaults(), failures: 0 };
for (let seed = firstSeed; seed < firstSeed + worlds; seed++) {
  const report = await runWorld(seed);
  totals.changes += report.changes;
  totals.conflicts += report.conflicts;
  totals.forks += report.forks;
  totals.journaled += report.journaled;
  for (const kind of faultKinds) totals.faults[kind] += report.faults[kind];
  if (report.failure) {
    totals.failures += 1;
    console.error(`seed ${seed}: ${report.failure}`);
  }
}
console.log(JSON.stringify(totals));
process.exitCode = totals.failures === 0 ? 0 : 1;
