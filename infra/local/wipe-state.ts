import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { takeStateLock } from './state-lock.ts';

/** Names what a local cloud writes, so that a mistaken folder loses nothing else. */
const parts = ['dynamodb', 'cognito', 'mailbox', 'logs', 'addresses.json'];

/** Rejects with a StartError while a local cloud runs on that state. */
export async function wipeState(stateDir: string): Promise<void> {
  const lock = await takeStateLock(stateDir);
  try {
    for (const part of parts) rmSync(join(stateDir, part), { recursive: true, force: true });
  } finally {
    lock.release();
  }
}
