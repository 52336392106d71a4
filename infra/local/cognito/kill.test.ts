import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { callOperation, startTestPool } from './test-pool.ts';

const PEOPLE = 6;

it('kill -9 amid sign-ups loses nobody who was told that they are in', { timeout: 60_000 }, async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'kill-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true }));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'test-pool-process.ts'), stateDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const { url, clientId } = await firstLine(child);
  const signUp = (person: number) =>
    callOperation(url, 'SignUp', { ClientId: clientId, Username: emailOf(person), Password: 'Orange-Kettle-42' });
  const told: string[] = [];
  for (let person = 0; person < PEOPLE; person += 1) {
    if ((await signUp(person)).status === 200) told.push(emailOf(person));
  }
  // More are under way when the process dies; whether these got in is open, but the file must be whole.
  const underWay = [signUp(PEOPLE), signUp(PEOPLE + 1), signUp(PEOPLE + 2)].map((reply) =>
    reply.catch(() => undefined),
  );
  await Promise.any(underWay);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await Promise.all(underWay);
  await using pool = await startTestPool({ stateDir });
  expect(told).toHaveLength(PEOPLE);
  for (const Username of told) {
    const reply = await pool.call('SignUp', { ClientId: clientId, Username, Password: 'Orange-Kettle-42' });
    expect(reply.errorType).toBe('UsernameExistsException');
  }
});

const emailOf = (person: number): string => `person-${person}@example.com`;

const firstLine = async (child: ChildProcess): Promise<{ readonly url: string; readonly clientId: string }> => {
  if (child.stdout === null) throw new Error('the child has no output');
  const [line] = await once(createInterface(child.stdout), 'line');
  return JSON.parse(String(line));
};
