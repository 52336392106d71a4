import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from './private-folder.ts';
import { endProcess, isRunning, markProcess, type ProcessMark } from './process-mark.ts';
import { StartError } from './start-error.ts';

export interface StateLock {
  /** Tells whoever finds the lock where the app is, and which engine to end if we are killed. */
  readonly describe: (facts: { readonly app: string; readonly enginePid: number }) => void;
  readonly release: () => void;
}

/** What the lock file holds. */
interface Holder {
  readonly owner: ProcessMark;
  readonly engine?: ProcessMark;
  readonly app?: string;
}

/**
 * Takes the state folder for this process alone. Rejects with a StartError while another one has it. What a killed one
 * left behind is cleared: its lock, and its database engine if that still holds the data.
 */
export async function takeStateLock(stateDir: string): Promise<StateLock> {
  makePrivateFolder(stateDir);
  const path = join(stateDir, 'lock');
  const own: Holder = { owner: markProcess(process.pid) };
  if (!tryCreate(path, own)) {
    const left = takeStale(path, stateDir);
    if (!tryCreate(path, own)) throw held(stateDir, readHolder(path));
    if (left?.engine) await endProcess(left.engine);
  }
  return {
    describe: ({ app, enginePid }) => writeHolder(path, { ...own, app, engine: markProcess(enginePid) }),
    release: () => rmSync(path, { force: true }),
  };
}

function tryCreate(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock out of the way. Of two that find it at once, one moves the other's fresh lock, and gives it back. */
function takeStale(path: string, stateDir: string): Holder | undefined {
  const found = readHolder(path);
  if (found !== undefined && isRunning(found.owner)) throw held(stateDir, found);
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return undefined;
  }
  const moved = readHolder(aside);
  if (moved !== undefined && isRunning(moved.owner)) linkSync(aside, path);
  unlinkSync(aside);
  return moved;
}

function held(stateDir: string, holder: Holder | undefined): StartError {
  const where = holder?.app === undefined ? 'and is just starting' : `at ${holder.app}`;
  return new StartError(
    `FinTrack AI already runs on ${stateDir} ${where} (process ${holder?.owner.pid ?? 'unknown'}): use that one, or end it first.`,
  );
}

/** Undefined for a file that is gone, or that a killed process left half written. */
function readHolder(path: string): Holder | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isHolder(holder) ? holder : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'owner' in value && isMark(value.owner);
}

function isMark(value: unknown): value is ProcessMark {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number';
}

function writeHolder(path: string, holder: Holder): void {
  writeFileSync(`${path}.new`, JSON.stringify(holder));
  renameSync(`${path}.new`, path);
}
