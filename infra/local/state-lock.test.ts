import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isRunning, markProcess } from './process-mark.ts';
import { takeStateLock } from './state-lock.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

it('a second start on the same state is told where the first one is', async () => {
  const lock = await takeStateLock(dir);
  lock.describe({ app: 'http://localhost:4600', enginePid: process.pid });
  await expect(takeStateLock(dir)).rejects.toThrow(`already runs on ${dir} at http://localhost:4600`);
});

it('a released state can be taken again', async () => {
  (await takeStateLock(dir)).release();
  expect(existsSync(join(dir, 'lock'))).toBe(false);
  (await takeStateLock(dir)).release();
});

it('the lock of a killed process is taken over, and its engine is ended', async () => {
  const engine = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const mark = markProcess(engine.pid ?? 0);
  writeFileSync(join(dir, 'lock'), JSON.stringify({ owner: await deadProcess(), engine: mark }));
  const ended = once(engine, 'exit');
  const lock = await takeStateLock(dir);
  expect((await ended)[1]).toBe('SIGKILL');
  expect(isRunning(mark)).toBe(false);
  lock.release();
});

it('a process that only got the same number is neither an owner nor an engine', async () => {
  const reused = { pid: process.pid, startedAt: 'another time' };
  writeFileSync(join(dir, 'lock'), JSON.stringify({ owner: reused, engine: reused }));
  (await takeStateLock(dir)).release();
});

it('a new state is its owner’s alone', async () => {
  const lock = await takeStateLock(join(dir, 'deep', 'state'));
  // Windows keeps rights in lists of its own.
  const rightsOfOthers = process.platform === 'win32' ? 0 : statSync(join(dir, 'deep', 'state')).mode & 0o077;
  expect(rightsOfOthers).toBe(0);
  lock.release();
});

it('a half-written lock is nobody’s', async () => {
  writeFileSync(join(dir, 'lock'), '{"own');
  (await takeStateLock(dir)).release();
});

async function deadProcess(): Promise<{ pid: number; startedAt: string }> {
  const child = spawn(process.execPath, ['-e', '']);
  const mark = markProcess(child.pid ?? 0);
  await once(child, 'exit');
  return mark;
}
