import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { runStep } from './run-step.mjs';

const cwd = tmpdir();
const hangs = [process.execPath, '-e', 'console.log(process.pid); setInterval(() => {}, 1000)'];

function node(script) {
  return [process.execPath, '-e', script];
}

it('a program’s output and exit code are kept', async () => {
  const step = await runStep(node('console.log("a"); process.exitCode = 3'), { cwd, timeoutMs: 30_000 });
  expect(step).toEqual({ code: 3, stdout: 'a\n' });
});

it('a program that hangs is ended', async () => {
  expect((await runStep(hangs, { cwd, timeoutMs: 500 })).code).toBeUndefined();
});

it('a program is ended when the run is interrupted', async () => {
  const interrupted = new AbortController();
  const step = runStep(hangs, { cwd, timeoutMs: 30_000, signal: interrupted.signal });
  interrupted.abort();
  expect((await step).code).toBeUndefined();
});

it('a program that cannot be started has no exit code', async () => {
  expect(await runStep(['no-such-program'], { cwd, timeoutMs: 30_000 })).toEqual({ code: undefined, stdout: '' });
});
