import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { takeStateLock } from './state-lock.ts';
import { wipeState } from './wipe-state.ts';

/** A folder of these files. */
function folderOf(...files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'wipe-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

it('everything of a local cloud is deleted, and nothing beside it', async () => {
  const folder = folderOf(
    'dynamodb/shared-local-instance.db',
    'snapshots/archives/s/00000000.json.gz',
    'cognito/pool.json',
    'logs/cloud.log',
    'notes.txt',
  );
  await wipeState(folder);
  expect(readdirSync(folder)).toEqual(['notes.txt']);
});

it('a folder that no local cloud has used keeps what it holds, whatever its name', async () => {
  const folder = folderOf('logs/web.log', 'mailbox/inbox');
  await wipeState(folder);
  expect(readdirSync(folder)).toEqual(['logs', 'mailbox']);
});

it('nothing is deleted while a local cloud runs there', async () => {
  const folder = folderOf('cognito/pool.json');
  const lock = await takeStateLock(folder);
  await expect(wipeState(folder)).rejects.toThrow('already runs');
  expect(existsSync(join(folder, 'cognito/pool.json'))).toBe(true);
  lock.release();
});
