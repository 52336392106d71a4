import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { mutants } from './mutants.ts';
import { bundleWorlds } from './sim-bundle-cli.ts';
import type { SmallReport, SmallScope } from './sim-small-scope.ts';
import { smallScopes } from './sim-small-scope-list.ts';

/**
 * `npm run sim:small -- [--mutant NAME]`: explores every scope of `smallScopes`, split over the cores, and prints one JSON
 * line; 1 on any failure. Takes some minutes. `--mutant` breaks the protocol first, begins with fewer changes, and ends
 * with the first scope that notices.
 */
const mutantName = (): string | undefined => {
  const index = process.argv.indexOf('--mutant');
  return index < 0 ? undefined : (process.argv[index + 1] ?? '');
};

const patchesOf = (name: string | undefined) => {
  if (name === undefined) return [];
  const mutant = mutants.find((each) => each.name === name);
  if (!mutant) throw new Error(`no such mutant; there are ${mutants.map((each) => each.name).join(', ')}`);
  return mutant.patches;
};

/** `smallScopes` in a few words, for whoever reads the figures alone. */
const covers = {
  devices: 2,
  records: 1,
  changes: 'any 3 of write, note, delete, generate; 2 with two requests of a device under way',
  rounds: 'any number',
  faults: 'any request or answer lost or late, one clock off, a cloned profile',
};

const main = async (): Promise<number> => {
  const name = mutantName();
  const folder = await mkdtemp(join(tmpdir(), 'small-'));
  const totals = { scopes: 0, states: 0, transitions: 0, endings: 0, failures: 0 };
  const open = name === undefined ? [...smallScopes()] : fewChangesFirst();
  const running = new Set<Worker>();
  const take = ({ states, transitions, endings, failure }: SmallReport): void => {
    totals.scopes += 1;
    totals.states += states;
    totals.transitions += transitions;
    totals.endings += endings;
    if (failure === undefined) return;
    totals.failures += 1;
    console.error(failure);
    if (name === undefined) return;
    open.length = 0;
    for (const worker of running) void worker.terminate();
  };
  try {
    const file = join(folder, 'scopes.mjs');
    await bundleWorlds(patchesOf(name), file, 'sim-small-scope-worker-cli.ts');
    const work = async (): Promise<void> => {
      for (let scope = open.shift(); scope; scope = open.shift()) await exploreApart(file, scope, running, take);
    };
    await Promise.all(cpus().map(work));
  } finally {
    rmSync(folder, { recursive: true });
  }
  const of = name === undefined ? {} : { mutant: name, killed: totals.failures > 0 };
  console.log(JSON.stringify({ ...of, ...totals, covers }));
  return totals.failures === 0 ? 0 : 1;
};

const fewChangesFirst = (): SmallScope[] => {
  const scopes = smallScopes();
  const one = scopes.filter(({ flightsMax }) => flightsMax === 1);
  const few = [1, 2].flatMap((changesMax) => one.map((scope) => ({ ...scope, changesMax })));
  return [
    ...few,
    ...scopes.filter((each) => !one.includes(each)).map((scope) => ({ ...scope, changesMax: 1 })),
    ...scopes,
  ];
};

/** In a thread of its own, whose memory goes with it. One that ends without a report was ended, or is a failure. */
const exploreApart = (
  file: string,
  scope: SmallScope,
  running: Set<Worker>,
  take: (report: SmallReport) => void,
): Promise<void> =>
  new Promise((resolve) => {
    const worker = new Worker(file, { workerData: scope, resourceLimits: { maxOldGenerationSizeMb: 4096 } });
    const nothing = { states: 0, transitions: 0, endings: 0 };
    let report: SmallReport | undefined;
    running.add(worker);
    worker.on('message', (message: SmallReport) => (report = message));
    worker.on('error', (error) => (report = { ...nothing, failure: `${error} in ${JSON.stringify(scope)}` }));
    worker.on('exit', (code) => {
      running.delete(worker);
      if (report) take(report);
      else if (code === 0) take({ ...nothing, failure: `no end of ${JSON.stringify(scope)}` });
      resolve();
    });
  });

process.exitCode = await main();
