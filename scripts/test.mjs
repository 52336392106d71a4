// Runs every check and every test, sums them up and ends with one line, `N passed, N failed`, whatever happens.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './find-chromium.mjs';
import { npmCommand } from './npm-command.mjs';
import { runStep } from './run-step.mjs';
import { lastLineCounts, vitestCounts } from './test-counts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** A run that takes longer hangs: it is ended, and still says how far it got. */
const deadlineMs = Date.now() + 18 * 60_000;
const isCI = process.env.CI === 'true';
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupted.abort());

/** @type {{ name: string, passed: number, failed: number }[]} */
const results = [];
try {
  await runAll();
} catch (error) {
  console.error(error);
  results.push({ name: 'the test run', passed: 0, failed: 1 });
}
report();

async function runAll() {
  const { failed } = await step('ready', makeReady);
  if (failed > 0) return;
  await check('types', npmRun('typecheck'));
  await check('lint', npmRun('lint'));
  await check('format', npmRun('format:check'));
  await check('boundaries', npmRun('boundaries'));
  await check('app build and first-load size', npmRun('size'));
  await step('unit tests', runUnitTests);
  await step('end-to-end tests', runEndToEndTests('app/e2e/run.ts'));
  // Elsewhere they are asked for by themselves, npm run e2e:engines, as they need two browsers more.
  if (isCI) await step('end-to-end tests in other engines', runEndToEndTests('app/e2e/engines/run.ts'));
}

/** In the foreground, as it may ask at the terminal. */
function makeReady({ cwd }) {
  const isReady = (what) =>
    spawnSync(process.execPath, ['scripts/ready.mjs', what], { cwd, stdio: 'inherit' }).status === 0;
  return isReady('test') && (!isCI || isReady('engines')) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs something that either holds or does not. */
async function check(name, command) {
  await step(name, async (options) => {
    const { code } = await runStep(command, options);
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  });
}

/** After an interruption the rest is not run, and counts as failed. */
async function step(name, run) {
  const startedAtMs = Date.now();
  console.log(`\n== ${name}`);
  const options = { cwd: root, timeoutMs: deadlineMs - startedAtMs, signal: interrupted.signal };
  const counts = interrupted.signal.aborted ? { passed: 0, failed: 1 } : await run(options);
  if (counts === undefined) return { passed: 0, failed: 0 };
  const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
  console.log(`-- ${name}: ${counts.passed} passed, ${counts.failed} failed in ${seconds} s`);
  results.push({ name, ...counts });
  return counts;
}

async function runUnitTests(options) {
  const dir = mkdtempSync(join(tmpdir(), 'vitest-'));
  try {
    const reportFile = join(dir, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const { code } = await runStep(npmRun('unit', ...reporters), { ...options, env: testEnv() });
    return vitestCounts(existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : undefined, code);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function runEndToEndTests(runner) {
  return async (options) => {
    const command = [process.execPath, '--import', 'tsx', runner];
    const { code, stdout } = await runStep(command, { ...options, env: testEnv() });
    return lastLineCounts(stdout, code);
  };
}

/** Whoever starts a browser finds the same one. */
function testEnv() {
  const path = findChromium();
  return path === undefined ? {} : { CHROMIUM_PATH: path };
}

function npmRun(script, ...args) {
  const { file, args: npmArgs } = npmCommand('run', '--silent', script, '--', ...args);
  return [file, ...npmArgs];
}

function report() {
  console.log('');
  for (const { name, passed, failed } of results) {
    console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name}: ${passed} passed, ${failed} failed`);
  }
  const sum = (key) => results.reduce((total, counts) => total + counts[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}
