import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { findMiniBrowser } from '../../../scripts/find-engines.mjs';
import { freePort } from '../../../infra/local/dynamodb/free-port.ts';
import { eventually } from '../harness/eventually.ts';
import type { Engine, EngineBrowser, OpenOptions } from './engine.ts';
import { WebDriverSession } from './web-driver.ts';

/**
 * WebKitGTK over its WebDriver, on a display of its own. A driven WebKit keeps its databases in memory: what outlives a
 * kill is not for this engine to show.
 */
export const webkit: Engine = { name: 'WebKit', open: (options) => open(options) };

const open = async ({ profileDir }: OpenOptions): Promise<EngineBrowser> => {
  const binary = findMiniBrowser();
  if (binary === undefined) throw new Error('No WebKitGTK found: install webkit2gtk-driver.');
  const display = await startDisplay();
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display.name, HOME: profileDir, XDG_DATA_HOME: profileDir },
  });
  const end = async (): Promise<void> => {
    for (const child of [driver, display.process]) await ended(child);
  };
  try {
    const session = await WebDriverSession.start(`http://127.0.0.1:${port}`, {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary, args: ['--automation', '--features=+StorageAPI,+StorageAPIEstimate'] },
    });
    return {
      newTab: (url) => session.newTab(url),
      kill: end,
      close: async () => {
        await session.end().catch(() => undefined);
        await end();
      },
      killStorage: () => killStorage(driver.pid ?? 0),
    };
  } catch (error) {
    await end();
    throw error;
  }
};

/** Databases live in WebKit's network process, which starts again when it is needed. */
const killStorage = async (ancestor: number): Promise<void> => {
  const pids = descendants(ancestor).filter(({ name }) => name.startsWith('WebKitNetworkPr'));
  if (pids.length === 0) throw new Error('WebKit has no network process');
  for (const { pid } of pids) process.kill(pid, 'SIGKILL');
  await eventually('it is gone', async () =>
    descendants(ancestor).some(({ pid }) => pids.some((killed) => killed.pid === pid)) ? undefined : true,
  );
};

type Process = { readonly pid: number; readonly parent: number; readonly name: string; readonly state: string };

const descendants = (ancestor: number): readonly Process[] => {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readProcess(Number(name)) : []));
  const children = (parent: number): readonly Process[] =>
    all.filter((each) => each.parent === parent && each.state !== 'Z').flatMap((each) => [each, ...children(each.pid)]);
  return children(ancestor);
};

const readProcess = (pid: number): readonly Process[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return [{ pid, parent: Number(parent), name, state }];
  } catch {
    return []; // it ended meanwhile
  }
};

const startDisplay = async (): Promise<{ readonly name: string; readonly process: ChildProcess }> => {
  const child = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for await (const line of createInterface({ input: child.stdout })) return { name: `:${line.trim()}`, process: child };
  throw new Error('Xvfb did not start.');
};

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await gone;
};
