import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand } from './npm-command.mjs';

/**
 * Whether `node_modules` holds what the lock file says. npm writes a lock file of its own there when it has finished,
 * so an installation that was broken off, or is of another branch, is none.
 *
 * @param {string} root
 */
export function areNpmPackagesInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const found = readPackages(join(root, 'node_modules/.package-lock.json'));
  if (wanted === undefined || found === undefined) return false;
  return Object.entries(wanted)
    .filter(([path]) => path.startsWith('node_modules/'))
    .every(([path, entry]) => isSame(entry, found[path]));
}

/** Optional packages are for other systems where they are missing. */
function isSame(wanted, found) {
  if (found === undefined) return wanted.optional === true || wanted.devOptional === true || wanted.peer === true;
  return wanted.version === found.version && wanted.link === found.link;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

const stillHereEveryMs = 15_000;

/**
 * Runs `npm ci`. Its output, and a line now and then where nobody sees a spinner, go to standard error.
 *
 * @param {string} root
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function installNpmPackages(root) {
  console.error('Installing npm packages (a minute or two, and only when package-lock.json changed) …');
  const startedAtMs = Date.now();
  const timer = setInterval(() => {
    console.error(`  still installing, ${Math.round((Date.now() - startedAtMs) / 1000)} s`);
  }, stillHereEveryMs);
  try {
    const { file, args } = npmCommand('ci', '--include=dev', '--no-audit', '--no-fund');
    return await new Promise((resolve) => {
      const child = spawn(file, args, { cwd: root, stdio: ['ignore', 2, 2] });
      child.once('error', () => resolve(false));
      child.once('exit', (code) => resolve(code === 0));
    });
  } finally {
    clearInterval(timer);
  }
}
