import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { takeStateLock } from './state-lock.ts';

/** Names what a local cloud writes, so that a mistaken folder loses nothing else. */
const parts = ['dynamodb', 'snapshots', 'cognito', 'mailbox', 'logs', 'addresses.json'];

/** Every start writes one of these first. Without any, a folder called `logs` is somebody else's. */
const marks = ['dynamodb/shared-local-instance.db', 'cognito/pool.json'];

/** Rejects with a StartError while a local cloud runs on that state. */
export async function wipeState(stateDir: string): Promise<void> {
  const lock = await takeStateLock(stateDir);
  try {
    if (!marks.some((mark) => existsSync(join(stateDir, mark)))) return;
    for (const part of parts) rmSync(join(stateDir, part), { recursive: true, force: true });
  } finally {
    lock.release();
  }
}
