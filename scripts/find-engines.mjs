import { join } from 'node:path';
import { isProgram, namesIn, onPath } from './find-program.mjs';

/** The program of a Firefox to test with: the one FIREFOX_PATH names, else one on the PATH. */
export function findFirefox(env = process.env) {
  if (env.FIREFOX_PATH) return env.FIREFOX_PATH;
  return onPath(['firefox-esr', 'firefox'], env, process.platform).find(isProgram);
}

/** WebKitGTK's own small browser, which its driver starts; Debian keeps it beside the library. */
export function findMiniBrowser() {
  const roots = namesIn('/usr/lib').filter((name) => name.endsWith('-linux-gnu'));
  const programs = ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'].flatMap((library) =>
    roots.map((root) => join('/usr/lib', root, library, 'MiniBrowser')),
  );
  return programs.find(isProgram);
}

export function isOnPath(name, env = process.env) {
  return onPath([name], env, process.platform).some(isProgram);
}
