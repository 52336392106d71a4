import { createWriteStream, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from './private-folder.ts';

/** Beyond this a new file is begun; the one before is kept. */
const sizeBytesMax = 10_000_000;

/**
 * Opens `logs/cloud.log` in the state folder and turns this process's standard error into it: the functions write their
 * log there, as Lambda wants it, and would bury the one address that a person looks for in the terminal.
 */
export function openLogFile(stateDir: string): (line: string) => void {
  const dir = join(stateDir, 'logs');
  makePrivateFolder(dir);
  const path = join(dir, 'cloud.log');
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > sizeBytesMax) renameSync(path, `${path}.1`);
  const file = createWriteStream(path, { flags: 'a' });
  process.stderr.write = file.write.bind(file);
  return (line) => void file.write(`${line}\n`);
}
