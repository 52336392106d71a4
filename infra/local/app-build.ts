import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from './start-error.ts';

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

export const appDir = join(repositoryRoot, 'app');
export const appBuildDir = join(appDir, 'dist');

/** What the build reads. */
const sources = [
  'app/src',
  'app/public',
  'app/index.html',
  'app/vite.config.ts',
  'app/package.json',
  'sync-api/core/src',
  'advisor-core/src',
  'package-lock.json',
].map((path) => join(repositoryRoot, path));

const stampFile = join(repositoryRoot, 'node_modules/.cache/fintrack-app-build.json');

/** Builds the app unless its build is there and newer than everything it was made from. */
export async function ensureAppBuild(report: (line: string) => void): Promise<void> {
  if (isBuildFresh()) return;
  report('Building the app (some seconds, only after its sources changed) …');
  const startedAtMs = Date.now();
  await runBuild();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ startedAtMs, endedAtMs: Date.now() }));
}

/** A build that was broken off leaves no stamp; one made by hand since is newer than it. */
function isBuildFresh(): boolean {
  const stamp = readStamp();
  if (stamp === undefined) return false;
  const builtAtMs = newestChangeMs(join(appBuildDir, 'index.html'));
  if (builtAtMs === 0 || builtAtMs > stamp.endedAtMs) return false;
  return Math.max(...sources.map(newestChangeMs)) < stamp.startedAtMs;
}

function readStamp(): { readonly startedAtMs: number; readonly endedAtMs: number } | undefined {
  try {
    const { startedAtMs, endedAtMs } = JSON.parse(readFileSync(stampFile, 'utf8'));
    return Number.isFinite(startedAtMs) && Number.isFinite(endedAtMs) ? { startedAtMs, endedAtMs } : undefined;
  } catch {
    return undefined;
  }
}

/** Of a file or of everything below a folder, folders included, so that a removal counts; tests do not. 0 if absent. */
function newestChangeMs(path: string): number {
  if (/\.test\.tsx?$/.test(path)) return 0;
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newestChangeMs(join(path, name))));
}

/** Rejects with what the build printed, if it fails. */
function runBuild(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', 'build', '--workspace', 'app'], {
      cwd: repositoryRoot,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new StartError(`The app cannot be built (npm run build --workspace app):\n${output.trim()}`));
    });
  });
}
