import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A process, told apart from a later one that got the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started, in whatever form the system tells; empty where it does not. */
  readonly startedAt: string;
}

export function markProcess(pid: number): ProcessMark {
  return { pid, startedAt: startTime(pid) };
}

/** Whether that very process still runs. Where the system tells no start times, any process of that number counts. */
export function isRunning({ pid, startedAt }: ProcessMark): boolean {
  return exists(pid) && startTime(pid) === startedAt;
}

const goneWithinMs = 10_000;
const lookEveryMs = 20;

/** Kills that very process, if it still runs, and waits until it is gone. */
export async function endProcess(mark: ProcessMark): Promise<void> {
  if (!isRunning(mark)) return;
  process.kill(mark.pid, 'SIGKILL');
  for (let waitedMs = 0; waitedMs < goneWithinMs && isRunning(mark); waitedMs += lookEveryMs) await delay(lookEveryMs);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function startTime(pid: number): string {
  if (process.platform === 'win32') return '';
  try {
    if (process.platform === 'linux') return linuxStartTime(pid);
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** Clock ticks since boot: field 22 of proc(5)'s stat, the 20th after the name in parentheses. A dead one not yet reaped is gone. */
function linuxStartTime(pid: number): string {
  const [state, ...fields] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
  return state === 'Z' ? '' : (fields[18] ?? '');
}
