import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

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
  return [...onPath(env, platform), ...installed(env, platform), ...fromPlaywright(env, platform)].find(isProgram);
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'];

function onPath(env, platform) {
  const suffix = platform === 'win32' ? '.exe' : '';
  const dirs = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => dirs.map((dir) => join(dir, name + suffix)));
}

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
  const releases = list(cache).filter((name) => /^chromium-\d+$/.test(name));
  releases.sort((a, b) => Number(b.slice('chromium-'.length)) - Number(a.slice('chromium-'.length)));
  return releases.flatMap((release) =>
    list(join(cache, release)).flatMap((folder) =>
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

function list(dir) {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
