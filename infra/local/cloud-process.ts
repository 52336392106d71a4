import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CloudAddresses } from './cloud.ts';

export interface CloudProcessOptions {
  readonly stateDir: string;
  /** 0, for any free one, if left out. A restart on the same state gets the same one. */
  readonly port?: number;
  readonly siteDir?: string;
}

/** A local cloud in a process of its own, which can be killed as a machine may kill it. */
export interface CloudProcess {
  readonly addresses: CloudAddresses;
  readonly pid: number;
  /** Resolves when it is gone, with its exit code if it was not killed. */
  readonly ended: Promise<number | null>;
  /** kill -9: nothing is finished, nothing is tidied up. The next start on the same state clears what is left. */
  readonly kill: () => Promise<void>;
  /** As Ctrl-C. */
  readonly stop: () => Promise<void>;
}

const startFile = fileURLToPath(new URL('./start.ts', import.meta.url));

/** Resolves once every address answers; rejects with what the process had to say if it ends before. It ends with its parent. */
export async function startCloudProcess({ stateDir, port, siteDir }: CloudProcessOptions): Promise<CloudProcess> {
  const args = ['--json', '--end-with-stdin', '--state', stateDir];
  if (port !== undefined) args.push('--port', String(port));
  if (siteDir !== undefined) args.push('--site', siteDir);
  const child = spawn(process.execPath, ['--import', 'tsx', startFile, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const addresses = await firstAddresses(child);
  const endWith = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    await ended;
  };
  return { addresses, pid: child.pid ?? 0, ended, kill: endWith('SIGKILL'), stop: endWith('SIGTERM') };
}

async function firstAddresses(child: ChildProcess): Promise<CloudAddresses> {
  if (child.stdout === null || child.stderr === null) throw new Error('the process has no pipes');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error(`The local cloud did not start: ${said.trim()}`);
}
