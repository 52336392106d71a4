import { spawn } from 'node:child_process';

/**
 * Runs one program to its end, showing what it prints and keeping its standard output.
 *
 * @param {string[]} command
 * @param {{ cwd: string, env?: Record<string, string>, timeoutMs: number, signal?: AbortSignal }} options
 * @returns {Promise<{ code: number | undefined, stdout: string }>} no code where it was killed or took too long
 */
export function runStep([file, ...args], { cwd, env = {}, timeoutMs, signal }) {
  return new Promise((resolve) => {
    // A group of its own, so that whatever it started ends with it.
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: process.platform !== 'win32',
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      process.stdout.write(chunk);
    });
    const end = () => killGroup(child);
    const timer = setTimeout(() => {
      console.error(`${[file, ...args].join(' ')} was ended after ${Math.round(timeoutMs / 1000)} s`);
      end();
    }, timeoutMs);
    signal?.addEventListener('abort', end, { once: true });
    const finish = (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      // A crash may have left some of the group behind.
      killGroup(child);
      resolve({ code: code ?? undefined, stdout });
    };
    child.once('error', () => finish(undefined));
    child.once('close', finish);
  });
}

function killGroup(child) {
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
