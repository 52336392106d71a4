import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from './start-error.ts';

const repositoryRoot = fileURLToPath(new URL('../..', import.meta.url));

export const appDir = join(repositoryRoot, 'app');
export const appBuildDir = join(appDir, 'dist');

/** Builds the app unless its build is newer than its sources. Its progress goes to standard error. */
export async function ensureAppBuild(): Promise<void> {
  const script = join(repositoryRoot, 'scripts/build-app.mjs');
  const [code] = await once(spawn(process.execPath, [script], { stdio: ['ignore', 'inherit', 'inherit'] }), 'exit');
  if (code !== 0) throw new StartError('Without its build there is no app to serve.');
}
