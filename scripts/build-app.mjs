// Builds the app into app/dist, unless its build is there and newer than everything it was made from.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmCommand } from './npm-command.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

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
];

const stampFile = join(root, 'node_modules/.cache/fintrack-app-build.json');

if (!isFresh()) {
  console.error('Building the app (some seconds, and only after its sources changed) …');
  const startedAtMs = Date.now();
  const { file, args } = npmCommand('run', '--silent', 'build', '--workspace', 'app', '--', '--logLevel', 'warn');
  // Standard output is left to whoever called this: it may be promised to be JSON.
  const { status } = spawnSync(file, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    console.error('The app cannot be built; npm run build shows why.');
    process.exit(1);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ startedAtMs, endedAtMs: Date.now() }));
}

/** A build that was broken off leaves no stamp of its own; one made by hand is newer than the stamp. */
function isFresh() {
  const stamp = readStamp();
  const builtAtMs = newestChangeMs('app/dist/index.html');
  if (stamp === undefined || builtAtMs === 0 || builtAtMs > stamp.endedAtMs) return false;
  return Math.max(...sources.map(newestChangeMs)) < stamp.startedAtMs;
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Of a file or of everything below a folder, folders included, so that a removal counts; tests do not. 0 if absent. */
function newestChangeMs(path) {
  if (/\.test\.tsx?$/.test(path)) return 0;
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  const below = readdirSync(join(root, path)).map((name) => newestChangeMs(`${path}/${name}`));
  return Math.max(found.mtimeMs, ...below);
}
