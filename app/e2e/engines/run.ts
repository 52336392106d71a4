import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { Road } from '../harness/road.ts';
import { TestCloud } from '../harness/test-cloud.ts';
import { type Check, checksOf, profileIn } from './checks.ts';
import type { Engine, EngineBrowser } from './engine.ts';
import { firefox } from './firefox.ts';
import { webkit } from './webkit.ts';

const usage = `npm run e2e:engines [-- options]
  --only TEXT    run the checks whose engine or name contains this`;

const tell = (line: string): void => void process.stdout.write(`${line}\n`);

/** Ends whatever the check left open. */
const runCheck = async (engine: Engine, check: Check, cloud: TestCloud, profileDir: string): Promise<void> => {
  const road = await Road.open(cloud);
  const browsers: EngineBrowser[] = [];
  try {
    await check.run({
      engine,
      cloud,
      road,
      open: async (options = {}) => {
        const browser = await engine.open({ ...options, profileDir });
        browsers.push(browser);
        return browser;
      },
    });
  } finally {
    await Promise.allSettled(browsers.map((browser) => browser.close()));
    await road.close();
  }
};

const main = async (): Promise<void> => {
  const { only } = parseArgs({ options: { only: { type: 'string', default: '' } } }).values;
  const all = [firefox, webkit].flatMap((engine) => checksOf(engine).map((check) => ({ engine, check })));
  const chosen = all.filter(({ engine, check }) => `${engine.name}: ${check.name}`.includes(only));
  if (chosen.length === 0) throw new Error(`No check's name contains "${only}".`);
  const dir = mkdtempSync(join(tmpdir(), 'fintrack-engines-'));
  const cloud = new TestCloud({ stateDir: join(dir, 'state') });
  let failed = 0;
  try {
    await cloud.start();
    for (const [index, { engine, check }] of chosen.entries()) {
      const startedAtMs = Date.now();
      const error = await runCheck(engine, check, cloud, profileIn(dir, index)).then(() => undefined, wrapped);
      const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
      tell(`${engine.name}: ${check.name}\n    ${error ? 'FAILED after' : 'passed in'} ${seconds} s`);
      if (error) tell(inspect(error.cause));
      if (error) failed += 1;
    }
  } finally {
    await cloud.stop();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
  tell(JSON.stringify({ passed: chosen.length - failed, failed }));
  process.exitCode = failed === 0 ? 0 : 1;
};

const wrapped = (cause: unknown): Error => new Error('the check failed', { cause });

try {
  await main();
} catch (error) {
  tell(`${error instanceof Error ? error.message : inspect(error)}\n${usage}`);
  process.exitCode = 1;
}
