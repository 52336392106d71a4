import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { mutants } from './mutants.ts';
import { bundleWorlds } from './sim-bundle-cli.ts';
import { faultKinds, noFaults } from './sim-faults.ts';
import type { Share } from './sim-worker-cli.ts';
import type { runWorld, WorldReport } from './simulation.ts';
import type { shrink } from './sim-shrink.ts';

/**
 * `npm run sim -- [--worlds N] [--seed S] [--mutant NAME] [--only EVENTS]`: runs N worlds from seed S on, split over the
 * cores, and prints one JSON line; 1 on any failure, whose events are then printed, shrunk. `--mutant` breaks the protocol
 * first; `--only` lets nothing happen but the events named, separated by commas, and prints the whole story.
 */
const text = (name: string): string | undefined => {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
};
const count = (name: string, otherwise: number): number => {
  const value = Number(text(name) ?? otherwise);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} takes a whole number`);
  return value;
};

const shrinkRunsMax = 400;
const failuresTold = 3;

type Bundle = { readonly runWorld: typeof runWorld; readonly shrink: typeof shrink };

const main = async (): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'worlds-'));
  try {
    const file = join(folder, 'worlds.mjs');
    await bundleWorlds(patchesOf(text('--mutant')), file);
    const only = text('--only');
    return only === undefined ? await runAll(file) : await tellOne(file, only.split(','));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const patchesOf = (name: string | undefined) => {
  if (name === undefined) return [];
  const mutant = mutants.find((each) => each.name === name);
  if (!mutant) throw new Error(`no such mutant; there are ${mutants.map((each) => each.name).join(', ')}`);
  return mutant.patches;
};

const runAll = async (file: string): Promise<number> => {
  const worlds = count('--worlds', 200);
  const firstSeed = count('--seed', 1);
  const of = Math.max(1, Math.min(worlds, cpus().length));
  const totals = { worlds: 0, changes: 0, conflicts: 0, forks: 0, journaled: 0, faults: noFaults(), failures: 0 };
  const failed: WorldReport[] = [];
  const take = (report: WorldReport): void => {
    totals.worlds += 1;
    totals.changes += report.changes;
    totals.conflicts += report.conflicts;
    totals.forks += report.forks;
    totals.journaled += report.journaled;
    for (const kind of faultKinds) totals.faults[kind] += report.faults[kind];
    if (!report.failure) return;
    totals.failures += 1;
    failed.push(report);
  };
  const shares = Array.from({ length: of }, (_, index) => ({ firstSeed, worlds, index, of, stopAtFailure: false }));
  await Promise.all(shares.map((share) => runShare(file, share, take)));
  // A world that stands still for ever ends its worker, and says nothing.
  const missing = worlds - totals.worlds;
  if (missing > 0) console.error(`${missing} worlds never came to an end`);
  totals.failures += missing;
  for (const report of failed.slice(0, failuresTold)) await tellShrunk(file, report);
  for (const report of failed.slice(failuresTold)) console.error(`seed ${report.seed}: ${report.failure}`);
  console.log(JSON.stringify(totals));
  return totals.failures === 0 ? 0 : 1;
};

const runShare = (file: string, share: Share, take: (report: WorldReport) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: share, resourceLimits: { maxYoungGenerationSizeMb: 96 } });
    worker.on('message', take);
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });

const load = async (file: string): Promise<Bundle> => (await import(pathToFileURL(file).href)) as Bundle;

/** The few events that are enough for the failure, the story they make, and how to see it again. */
const tellShrunk = async (file: string, report: WorldReport): Promise<void> => {
  const bundle = await load(file);
  console.error(`seed ${report.seed}: ${report.failure}`);
  const { events, runs } = await bundle.shrink(report, shrinkRunsMax);
  console.error(`${events.length} of ${report.events.length} events are enough, found in ${runs} runs:`);
  await bundle.runWorld(report.seed, { only: new Set(events), tell: (line) => console.error(`  ${line}`) });
  const mutant = text('--mutant');
  const flags = `--seed ${report.seed}${mutant === undefined ? '' : ` --mutant ${mutant}`}`;
  console.error(`again: npm run sim -- ${flags} --only '${events.join(',')}'`);
};

const tellOne = async (file: string, events: readonly string[]): Promise<number> => {
  const bundle = await load(file);
  const { failure } = await bundle.runWorld(count('--seed', 1), { only: new Set(events), tell: console.log });
  console.log(failure ?? 'no failure');
  return failure === undefined ? 0 : 1;
};

process.exitCode = await main();
