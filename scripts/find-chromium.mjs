import { homedir } from 'node:os';
import { join } from 'node:path';
import { isProgram, namesIn, onPath } from './find-program.mjs';

/**
 * The program of a Chromium to test with: the one CHROMIUM_PATH names, else one on the PATH, one where its installer
 * puts it, or one that Playwright downloaded; undefined where there is none. CHROMIUM_PATH is believed, right or wrong.
 *
 * @param {Record<string, string | undefined>} env
 * @param {string} platform
 * @returns {string | undefined}
 */
export function findChromium(env = process.env, platform = process.platform) {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH;
  return [...onPath(names, env, platform), ...installed(env, platform), ...fromPlaywright(env, platform)].find(
    isProgram,
  );
}

/** The same; throws where there is none. */
export function requireChromium() {
  const found = findChromium();
  if (found === undefined) throw new Error('No Chromium found: install one, or set CHROMIUM_PATH to its program.');
  return found;
}

/** For one that tests drive: without a sandbox, and without traffic of its own. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'];

function installed(env, platform) {
  if (platform === 'darwin') {
    const apps = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return ['/Applications', join(homedir(), 'Applications')].flatMap((dir) =>
      apps.map((app) => join(dir, `${app}.app/Contents/MacOS/${app}`)),
    );
  }
  if (platform !== 'win32') return [];
  const dirs = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(Boolean);
  const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
  return dirs.flatMap((dir) => programs.map((program) => join(dir, program)));
}

/** Its downloads, newest first: `chromium-1234/chrome-linux64/chrome` and the like. */
function fromPlaywright(env, platform) {
  const cache = playwrightCache(env, platform);
  const releases = namesIn(cache).filter((name) => /^chromium-\d+$/.test(name));
  releases.sort((a, b) => Number(b.slice('chromium-'.length)) - Number(a.slice('chromium-'.length)));
  return releases.flatMap((release) =>
    namesIn(join(cache, release)).flatMap((folder) =>
      ['chrome', 'chrome.exe', 'Chromium.app/Contents/MacOS/Chromium'].map((program) =>
        join(cache, release, folder, program),
      ),
    ),
  );
}

function playwrightCache(env, platform) {
  if (env.PLAYWRIGHT_BROWSERS_PATH) return env.PLAYWRIGHT_BROWSERS_PATH;
  if (platform === 'darwin') return join(homedir(), 'Library/Caches/ms-playwright');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? homedir(), 'ms-playwright');
  return join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ms-playwright');
}
