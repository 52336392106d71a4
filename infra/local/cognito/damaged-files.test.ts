import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { StartError } from '../start-error.ts';
import { createMailbox } from './mailbox.ts';
import { startTestPool } from './test-pool.ts';

const folderWith = (name: string, text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'damaged-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), text);
  return folder;
};

const damaged = ['', '{"users":[', 'null', '[]', '{"users":[],"mails":[{"id":"one"}]}', '\u0000\u0000'];

it.each(damaged)('a mailbox file that holds %j is named, with what to do', (text) => {
  const stateDir = folderWith('mailbox.json', text);
  expect(() => createMailbox({ stateDir })).toThrow(StartError);
  expect(() => createMailbox({ stateDir })).toThrow(/mailbox\.json is damaged.*: delete it/);
});

it.each(damaged)('a pool file that holds %j is named, with what to do', async (text) => {
  const starting = startTestPool({ stateDir: folderWith('pool.json', text) });
  await expect(starting).rejects.toBeInstanceOf(StartError);
  await expect(starting).rejects.toThrow(/pool\.json is damaged.*: put back a copy of it, or start with --reset/);
});

it('a pool file of a later format is told from a damaged one', async () => {
  const pool = { userPoolId: 'eu-west-1_Abc123xyz', clientId: 'web', secretHex: 'ab' };
  const later = { formatVersion: 2, ...pool, users: [], sessions: [], attempts: [] };
  const starting = startTestPool({ stateDir: folderWith('pool.json', JSON.stringify(later)) });
  await expect(starting).rejects.toThrow(/pool\.json has format 2, and this version reads only 1/);
});

it('a damaged signing key is named, with what to do', async () => {
  const starting = startTestPool({ stateDir: folderWith('signing-key.pem', '-----BEGIN PRIVATE KEY-----') });
  await expect(starting).rejects.toBeInstanceOf(StartError);
  await expect(starting).rejects.toThrow(/signing-key\.pem is damaged: delete it/);
});
