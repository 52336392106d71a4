import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromiumArguments, requireChromium } from '../../scripts/find-chromium.mjs';
import { groupUse, type GroupUse } from './process-group.ts';

/** Functions that a page of the bench offers as `globalThis.bench`. Arguments and results pass as JSON. */
type PageFunctions = Readonly<Record<string, (...args: never[]) => unknown>>;

const readyMsMax = 60_000;
const pollEveryMs = 50;
/** Work that ends after its result is told: flushing to disk, collecting garbage. Counted with what caused it. */
const settleMs = 1000;

/** One device: a Chromium with a process group and a profile on disk of its own. */
export class BenchBrowser<F extends PageFunctions> {
  readonly page: Page;
  private readonly browser: Browser;
  private readonly process: ChildProcess;
  private readonly profileDir: string;

  private constructor(process: ChildProcess, browser: Browser, page: Page, profileDir: string) {
    this.process = process;
    this.browser = browser;
    this.page = page;
    this.profileDir = profileDir;
  }

  /** Opens the page and waits until it is ready and the browser quiet. */
  static async open<F extends PageFunctions>(url: string, args: readonly string[] = []): Promise<BenchBrowser<F>> {
    const profileDir = mkdtempSync(join(tmpdir(), 'fintrack-bench-'));
    const process = startChromium(profileDir, args);
    try {
      const browser = await chromium.connectOverCDP(await debuggerUrl(profileDir));
      const page = browser.contexts()[0]?.pages()[0];
      if (!page) throw new Error('the browser has no page');
      page.setDefaultTimeout(readyMsMax);
      await page.goto(url);
      await page.waitForFunction('globalThis.bench !== undefined');
      const opened = new BenchBrowser<F>(process, browser, page, profileDir);
      await opened.settle();
      return opened;
    } catch (error) {
      killGroup(process);
      throw error;
    }
  }

  call<K extends keyof F & string>(name: K, ...args: Parameters<F[K]>): Promise<Awaited<ReturnType<F[K]>>> {
    return this.page.evaluate(`bench.${name}(...${JSON.stringify(args)})`);
  }

  /** The page's function, with the CPU of the whole group until it is quiet again and the time until it answered. */
  async measure<K extends keyof F & string>(
    name: K,
    ...args: Parameters<F[K]>
  ): Promise<{ readonly cpuMs: number; readonly wallMs: number; readonly result: Awaited<ReturnType<F[K]>> }> {
    const before = this.use().cpuMs;
    const startedAtMs = performance.now();
    const result = await this.call(name, ...args);
    const wallMs = performance.now() - startedAtMs;
    await this.settle();
    return { cpuMs: this.use().cpuMs - before, wallMs, result };
  }

  use(): GroupUse {
    return groupUse(this.process.pid ?? 0);
  }

  debug(): Promise<CDPSession> {
    return this.page.context().newCDPSession(this.page);
  }

  settle(): Promise<void> {
    return delay(settleMs);
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => void this.process.once('exit', resolve));
    await this.browser.close().catch(() => undefined);
    killGroup(this.process);
    await ended;
    rmSync(this.profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

const startChromium = (profileDir: string, args: readonly string[]): ChildProcess => {
  const own = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profileDir}`];
  // Timers of a page that nobody looks at are slowed, which no person's page is.
  const awake = ['--disable-background-timer-throttling', '--disable-renderer-backgrounding'];
  const child = spawn(requireChromium(), [...chromiumArguments, ...own, ...awake, ...args, 'about:blank'], {
    detached: true,
    stdio: 'ignore',
  });
  process.once('exit', () => killGroup(child));
  return child;
};

const killGroup = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it has ended
  }
};

const debuggerUrl = async (profileDir: string): Promise<string> => {
  const endsAtMs = Date.now() + readyMsMax;
  while (Date.now() < endsAtMs) {
    const [port, path] = readIfThere(join(profileDir, 'DevToolsActivePort')).split('\n');
    if (port && path) return `ws://127.0.0.1:${port}${path}`;
    await delay(pollEveryMs);
  }
  throw new Error('Chromium does not start');
};

const readIfThere = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
