// Makes a fresh clone ready for `npm start` or `npm test`: installs what it can, and else says in one sentence what is
// missing and how to get it. Uses Node's own modules only, as nothing is installed yet when it runs. Standard output
// stays empty: it may be promised to be JSON.
import { fileURLToPath } from 'node:url';
import { areNpmPackagesInstalled, installNpmPackages } from './npm-packages.mjs';
import { chromium, display, firefox, java, meetNeeds, webkit } from './system-packages.mjs';

const nodeMin = [20, 19];
const root = fileURLToPath(new URL('..', import.meta.url));

/** By what is to be run. */
const needs = { start: [java], test: [java, chromium], engines: [java, firefox, webkit, display] };

const problem = await findProblem(needs[process.argv[2]] ?? needs.start);
if (problem !== undefined) {
  console.error(problem);
  process.exitCode = 1;
}

async function findProblem(needs) {
  if (isNodeTooOld()) {
    return `FinTrack AI needs Node ${nodeMin.join('.')} or later, and this is ${process.version}: install one from https://nodejs.org.`;
  }
  const missing = await meetNeeds(needs);
  if (missing !== undefined) return missing;
  if (areNpmPackagesInstalled(root) || (await installNpmPackages(root))) return undefined;
  return 'The npm packages could not be installed: run npm ci, which says why.';
}

function isNodeTooOld() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major < nodeMin[0] || (major === nodeMin[0] && minor < nodeMin[1]);
}
