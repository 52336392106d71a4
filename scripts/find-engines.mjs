import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The program of a Firefox to test with: the one FIREFOX_PATH names, else one on the PATH. */
export function findFirefox(env = process.env) {
  if (env.FIREFOX_PATH) return env.FIREFOX_PATH;
  return ['firefox-esr', 'firefox'].flatMap((name) => onPath(name, env)).find(isProgram);
}

/** WebKitGTK's own small browser, which its driver starts; Debian keeps it beside the library. */
export function findMiniBrowser() {
  const roots = list('/usr/lib').filter((name) => name.endsWith('-linux-gnu'));
  const programs = ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'].flatMap((library) =>
    roots.map((root) => join('/usr/lib', root, library, 'MiniBrowser')),
  );
  return programs.find(isProgram);
}

export function isOnPath(name, env = process.env) {
  return onPath(name, env).some(isProgram);
}

function onPath(name, env) {
  const dirs = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return dirs.map((dir) => join(dir, name));
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
