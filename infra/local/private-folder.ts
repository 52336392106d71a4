import { mkdirSync } from 'node:fs';

/**
 * Makes a folder, and those it lies in, that no other user of this machine can look into: they hold ledgers, which the
 * database engine writes for everyone to read. One that is there already stays as it is.
 */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}
