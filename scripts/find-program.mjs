import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where programs of these names would be: the first name in every folder of the PATH, then the second, and so on. */
export function onPath(names, env, platform) {
  const suffix = platform === 'win32' ? '.exe' : '';
  const dirs = (env.PATH ?? env.Path ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => dirs.map((dir) => join(dir, name + suffix)));
}

/** Nothing of a folder that is not there. */
export function namesIn(dir) {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
