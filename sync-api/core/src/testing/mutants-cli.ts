import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Mutant } from './mutant.ts';
import { mutants } from './mutants.ts';
import { bundleWorlds } from './sim-bundle-cli.ts';
import type { Share } from './sim-worker-cli.ts';
import type { WorldReport } from './simulation.ts';

/**
 * `npm run sim:mutants [-- NAME ...]`: breaks the protocol in one way after another and runs worlds until an invariant
 * notices. Prints one JSON line a mutant; 1 if one is not noticed in `worldsMax` worlds.
 */
const worldsMax = 2500;

type Verdict = {
  readonly mutant: string;
  readonly killed: boolean;
  readonly seed: number | null;
  readonly failure: string | null;
};

const main = async (): Promise<number> => {
  const names = process.argv.slice(2);
  const chosen = names.length === 0 ? mutants : mutants.filter((each) => names.includes(each.name));
  const folder = await mkdtemp(join(tmpdir(), 'mutants-'));
  const open = [...chosen];
  let survivors = 0;
  const work = async (): Promise<void> => {
    for (let mutant = open.shift(); mutant; mutant = open.shift()) {
      const verdict = await judge(mutant, folder);
      if (!verdict.killed) survivors += 1;
      console.log(JSON.stringify(verdict));
    }
  };
  try {
    await Promise.all(cpus().map(work));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return survivors === 0 ? 0 : 1;
};

const judge = async ({ name, patches }: Mutant, folder: string): Promise<Verdict> => {
  const file = join(folder, `${name}.mjs`);
  await bundleWorlds(patches, file);
  const share: Share = { firstSeed: 1, worlds: worldsMax, index: 0, of: 1, stopAtFailure: true };
  return new Promise((resolve) => {
    const worker = new Worker(file, { workerData: share, resourceLimits: { maxYoungGenerationSizeMb: 96 } });
    let verdict: Verdict = { mutant: name, killed: false, seed: null, failure: null };
    worker.on('message', ({ seed, failure }: WorldReport) => {
      if (failure) verdict = { mutant: name, killed: true, seed, failure: failure.slice(0, 160) };
    });
    worker.on('error', (error) => {
      verdict = { mutant: name, killed: true, seed: null, failure: String(error).slice(0, 160) };
    });
    worker.on('exit', () => resolve(verdict));
  });
};

process.exitCode = await main();
