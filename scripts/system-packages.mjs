import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './ask.mjs';
import { findChromium } from './find-chromium.mjs';
import { findFirefox, findMiniBrowser, isOnPath } from './find-engines.mjs';

/**
 * Something of the system that npm cannot install.
 *
 * @typedef {object} Need
 * @property {string} what completes "FinTrack AI needs …"
 * @property {() => boolean} isMet
 * @property {string[]} debianPackages in order of preference
 * @property {string} brew arguments of `brew install`
 * @property {string} elsewhere what to do on any other system
 */

/** The database engine is compiled for this release. `infra/local/dynamodb/java.ts` says the same at run time. */
const javaReleaseMin = 17;

/** @type {Need} */
export const java = {
  what: `Java ${javaReleaseMin} or later (for the local database)`,
  isMet: () => (javaRelease() ?? 0) >= javaReleaseMin,
  debianPackages: ['openjdk-17-jre-headless', 'default-jre-headless'],
  brew: 'openjdk@17',
  elsewhere: 'install one from https://adoptium.net, or point JAVA_HOME at one',
};

/** @type {Need} */
export const chromium = {
  what: 'Chromium, Chrome or Edge (for the tests in a real browser)',
  isMet: () => findChromium() !== undefined,
  debianPackages: ['chromium'],
  brew: '--cask chromium',
  elsewhere: 'run npx playwright-core install chromium, or point CHROMIUM_PATH at one',
};

/** @type {Need} */
export const firefox = {
  what: 'Firefox (for the tests in other engines)',
  isMet: () => findFirefox() !== undefined,
  debianPackages: ['firefox-esr', 'firefox'],
  brew: '--cask firefox',
  elsewhere: 'install one from https://www.mozilla.org, or point FIREFOX_PATH at one',
};

/** @type {Need} */
export const webkit = {
  what: 'WebKitGTK with its driver (for the tests in other engines)',
  isMet: () => isOnPath('WebKitWebDriver') && findMiniBrowser() !== undefined,
  debianPackages: ['webkit2gtk-driver'],
  brew: 'webkitgtk',
  elsewhere: 'run the tests of other engines on Debian or Ubuntu',
};

/** @type {Need} */
export const display = {
  what: 'Xvfb (a display for WebKitGTK)',
  isMet: () => isOnPath('Xvfb'),
  debianPackages: ['xvfb'],
  brew: '--cask xquartz',
  elsewhere: 'run the tests of other engines on Debian or Ubuntu',
};

/**
 * Installs what is missing where it may: by itself with CI=true, on consent at a terminal.
 *
 * @param {Need[]} needs
 * @returns {Promise<string | undefined>} one sentence where something is still missing
 */
export async function meetNeeds(needs) {
  const missing = needs.filter((need) => !need.isMet());
  if (missing.length === 0) return undefined;
  const apt = aptPrefix();
  if (apt === undefined || !(await mayInstall(missing))) return describe(missing);
  installDebianPackages(apt, missing);
  const left = missing.filter((need) => !need.isMet());
  return left.length === 0 ? undefined : describe(left);
}

function javaRelease() {
  const home = process.env.JAVA_HOME;
  const program = process.platform === 'win32' ? 'java.exe' : 'java';
  const inHome = home ? join(home, 'bin', program) : undefined;
  const { stderr, stdout } = spawnSync(inHome && existsSync(inHome) ? inHome : 'java', ['-version'], {
    encoding: 'utf8',
  });
  // 17 of `version "17.0.15"`, 8 of the old style `version "1.8.0_402"`.
  const release = /version "(?:1\.)?(\d+)/.exec(`${stderr}${stdout}`)?.[1];
  return release === undefined ? undefined : Number(release);
}

/** What to put before `apt-get` to run it; undefined where it cannot be run without asking for a password first. */
function aptPrefix() {
  if (process.platform !== 'linux' || !succeeds('apt-get', '--version')) return undefined;
  if (process.getuid?.() === 0) return [];
  if (succeeds('sudo', '-n', 'true')) return ['sudo', '-n'];
  return process.stdin.isTTY && succeeds('sudo', '--version') ? ['sudo'] : undefined;
}

async function mayInstall(missing) {
  if (process.env.CI === 'true') return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const packages = missing.map((need) => need.debianPackages[0]).join(' and ');
  const answer = await ask(`${needed(missing)}. Install ${packages} with apt-get now? [y/N] `);
  return /^y(es)?$/i.test(answer);
}

function installDebianPackages(apt, missing) {
  const run = (...args) => {
    const [file, ...rest] = [...apt, 'apt-get', ...args];
    return spawnSync(file, rest, {
      stdio: ['inherit', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  console.error('Installing Debian packages …');
  run('update', '-qq');
  const packages = missing.map(({ debianPackages }) => debianPackages.find(isAvailable) ?? debianPackages[0]);
  run('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

/** A package that this release has no candidate for may still be known by its name. */
function isAvailable(name) {
  const { stdout } = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' });
  return /Candidate: (?!\(none\))/.test(stdout ?? '');
}

function describe(missing) {
  return `${needed(missing)}: ${remedy(missing)}.`;
}

function needed(missing) {
  return `FinTrack AI needs ${missing.map(({ what }) => what).join(' and ')}`;
}

function remedy(missing) {
  if (process.platform === 'linux' && succeeds('apt-get', '--version')) {
    const packages = missing.map(({ debianPackages }) => debianPackages.find(isAvailable) ?? debianPackages[0]);
    return `run sudo apt-get install -y ${packages.join(' ')}`;
  }
  if (process.platform === 'darwin' && succeeds('brew', '--version')) {
    return `run ${missing.map(({ brew }) => `brew install ${brew}`).join(' && ')}`;
  }
  return missing.map(({ elsewhere }) => elsewhere).join('; ');
}

function succeeds(file, ...args) {
  return spawnSync(file, args, { stdio: 'ignore' }).status === 0;
}
