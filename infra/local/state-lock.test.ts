import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { isRunning, markProcess } from './process-mark.ts';
import { StartError } from './start-error.ts';
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

it.each(['no lock', 'a dead one'])(
  'of several starts at one instant on a state with %s, one has it',
  async (before) => {
    if (before === 'a dead one') writeFileSync(join(dir, 'lock'), JSON.stringify({ owner: await deadProcess() }));
    const starts = Array.from({ length: 4 }, () => spawnTaker());
    await Promise.all(starts.map(({ next }) => next()));
    for (const { child } of starts) child.stdin.write('go\n');
    const answers = await Promise.all(starts.map(({ next }) => next()));
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes(`already runs on ${dir}`))).toHaveLength(3);
    for (const { child } of starts) child.stdin.end();
    await Promise.all(starts.map(({ ended }) => ended));
    expect(readdirSync(dir)).toEqual(['lock']);
  },
  60_000,
);

it('a turn to take over that a killed process had is free again', async () => {
  const left = JSON.stringify({ owner: await deadProcess() });
  for (const name of ['lock', 'lock.turn']) writeFileSync(join(dir, name), left);
  (await takeStateLock(dir)).release();
  expect(readdirSync(dir)).toEqual([]);
});

it.each(['', '/below'])('a state that is a file, or lies "%s" one, is refused in one sentence', async (below) => {
  const file = join(dir, 'file');
  writeFileSync(file, '');
  const taken = takeStateLock(file + below);
  await expect(taken).rejects.toBeInstanceOf(StartError);
  await expect(taken).rejects.toThrow(`${file}${below} cannot be the folder`);
});

it('a half-written lock is nobody’s', async () => {
  writeFileSync(join(dir, 'lock'), '{"own');
  (await takeStateLock(dir)).release();
});

/** A process that says when it is ready, tries for the lock when told to, and keeps it until its input ends. */
function spawnTaker() {
  const file = join(import.meta.dirname, 'state-lock-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', file, dir], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, ended: once(child, 'exit'), next: async () => String((await lines.next()).value) };
}

async function deadProcess(): Promise<{ pid: number; startedAt: string }> {
  const child = spawn(process.execPath, ['-e', '']);
  const mark = markProcess(child.pid ?? 0);
  await once(child, 'exit');
  return mark;
}
