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
 * Takes the state folder for this process alone. Rejects with a StartError while another one has it, or where it can be
 * no folder. What a killed one left behind is cleared: its lock, and its database engine if that still holds the data.
 */
export async function takeStateLock(stateDir: string): Promise<StateLock> {
  makeStateFolder(stateDir);
  const path = join(stateDir, 'lock');
  const own: Holder = { owner: markProcess(process.pid) };
  if (!tryCreate(path, own)) {
    const left = takeOver(path, own, stateDir);
    if (left?.engine) await endProcess(left.engine);
  }
  return {
    describe: ({ app, enginePid }) => replace(path, { ...own, app, engine: markProcess(enginePid) }),
    release: () => rmSync(path, { force: true }),
  };
}

function makeStateFolder(stateDir: string): void {
  try {
    makePrivateFolder(stateDir);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const why = error.code === 'EEXIST' || error.code === 'ENOTDIR' ? 'it is, or lies in, a file' : String(error.code);
    throw new StartError(`${stateDir} cannot be the folder that keeps everything (${why}): name another with --state.`);
  }
}

/** False where there is such a file. It appears whole or not at all, so that nobody takes a lock in the making for a broken one. */
function tryCreate(path: string, holder: Holder): boolean {
  const aside = writeAside(path, holder);
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(aside);
  }
}

/**
 * Replaces a dead process's lock, and tells what it held. One process at a time, or the second one would replace not the
 * dead lock that it had read but the first one's own.
 */
function takeOver(path: string, own: Holder, stateDir: string): Holder | undefined {
  const turn = `${path}.turn`;
  if (!tryCreate(turn, own)) {
    const other = readHolder(turn);
    if (other !== 'gone' && (other === undefined || !isRunning(other.owner))) rmSync(turn, { force: true });
    if (!tryCreate(turn, own)) throw held(stateDir, readHolder(turn));
  }
  try {
    const left = readHolder(path);
    if (left === 'gone') {
      if (tryCreate(path, own)) return undefined;
      throw held(stateDir, readHolder(path));
    }
    if (left !== undefined && isRunning(left.owner)) throw held(stateDir, left);
    replace(path, { ...left, ...own });
    return left;
  } finally {
    rmSync(turn, { force: true });
  }
}

function held(stateDir: string, found: Holder | 'gone' | undefined): StartError {
  const holder = found === 'gone' ? undefined : found;
  const where = holder?.app === undefined ? 'and is just starting' : `at ${holder.app}`;
  return new StartError(
    `FinTrack AI already runs on ${stateDir} ${where} (process ${holder?.owner.pid ?? 'unknown'}): use that one, or end it first.`,
  );
}

/** Undefined for a file that holds something else, as after a power cut. */
function readHolder(path: string): Holder | 'gone' | undefined {
  try {
    const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isHolder(holder) ? holder : undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'owner' in value && isMark(value.owner);
}

function isMark(value: unknown): value is ProcessMark {
  return typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number';
}

function replace(path: string, holder: Holder): void {
  renameSync(writeAside(path, holder), path);
}

/** Under a name of this process's own. */
function writeAside(path: string, holder: Holder): string {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(holder));
  return aside;
}
