import { cpSync, rmSync } from 'node:fs';
import { type BrowserContext, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromiumArguments, requireChromium } from '../../../scripts/find-chromium.mjs';
import { SyncTraffic } from './sync-traffic.ts';

export type DeviceOptions = {
  readonly name: string;
  /** Where the browser keeps everything; reopened after a kill. */
  readonly profileDir: string;
  /** Origin of the app. */
  readonly url: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly hasTouch?: boolean;
  /** A private window: nothing of it is kept. */
  readonly isPrivate?: boolean;
  /** An IANA name. */
  readonly timeZone?: string;
};

/** Loading a page, or one action in it. */
const actionMsMax = 15_000;
const consoleLinesMax = 400;

/** One person's device: a browser process of its own on a profile of its own. */
export class Device {
  readonly name: string;
  readonly traffic = new SyncTraffic();
  /** What the pages wrote to their consoles, and their uncaught errors. */
  readonly consoleLines: string[] = [];
  private options: DeviceOptions;
  private running: { readonly context: BrowserContext; page: Page } | undefined;

  constructor(options: DeviceOptions) {
    this.name = options.name;
    this.options = options;
  }

  /** Starts the browser and opens the app at `path`. `prepare` may set up what the first page already meets. */
  async open(
    path = '/',
    prepare: (context: BrowserContext) => Promise<unknown> = async () => undefined,
  ): Promise<void> {
    this.requireClosed();
    const context = await launch(this.options);
    context.setDefaultTimeout(actionMsMax);
    this.traffic.watch(context);
    context.on('console', (message) => this.keepLine(`${message.type()}: ${message.text()}`));
    context.on('weberror', (error) => this.keepLine(`uncaught: ${error.error().stack ?? error.error().message}`));
    this.running = { context, page: context.pages()[0] ?? (await context.newPage()) };
    await prepare(context);
    await this.goto(path);
  }

  get page(): Page {
    return this.opened().page;
  }

  /** Pages that are open, for pictures of a failure. */
  get pages(): readonly Page[] {
    return this.running?.context.pages() ?? [];
  }

  get profileDir(): string {
    return this.options.profileDir;
  }

  /** The person travels: from the next start on. */
  moveTo(timeZone: string): void {
    this.options = { ...this.options, timeZone };
  }

  /** Everything this device keeps, as it is now, into a folder; it must not be open. */
  saveProfile(dir: string): void {
    this.requireClosed();
    cpSync(this.profileDir, dir, { recursive: true });
  }

  /** What was kept there becomes this device's; it must not be open. */
  restoreProfile(dir: string): void {
    this.requireClosed();
    // The browser's helpers may still be letting go of their files.
    rmSync(this.profileDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    cpSync(dir, this.profileDir, { recursive: true });
  }

  /** Chromium's own protocol, for what no page can do to itself. */
  protocol(page: Page = this.page): Promise<CDPSession> {
    return this.opened().context.newCDPSession(page);
  }

  get context(): BrowserContext {
    return this.opened().context;
  }

  /** A second tab of the same profile, at `path`. */
  async newTab(path = '/'): Promise<Page> {
    const tab = await this.opened().context.newPage();
    await tab.goto(new URL(path, this.options.url).href);
    return tab;
  }

  /** Loads an address of the app, as typing it into the address bar would. */
  async goto(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.options.url).href);
  }

  async goOffline(): Promise<void> {
    await this.opened().context.setOffline(true);
  }

  async goOnline(): Promise<void> {
    await this.opened().context.setOffline(false);
  }

  /** kill -9 of the browser: nothing is flushed, nothing is said farewell to. */
  async kill(): Promise<void> {
    const { context } = this.opened();
    const pid = await browserPid(context);
    const closed = new Promise<void>((resolve) => void context.once('close', () => resolve()));
    process.kill(pid, 'SIGKILL');
    await closed;
    this.running = undefined;
  }

  async close(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    await running?.context.close();
  }

  private opened(): { readonly context: BrowserContext; page: Page } {
    if (!this.running) throw new Error(`${this.name} is not open`);
    return this.running;
  }

  private requireClosed(): void {
    if (this.running) throw new Error(`${this.name} is open`);
  }

  private keepLine(line: string): void {
    this.consoleLines.push(line);
    if (this.consoleLines.length > consoleLinesMax) this.consoleLines.shift();
  }
}

const launch = async ({
  profileDir,
  viewport = { width: 1280, height: 800 },
  colorScheme = 'light',
  hasTouch = false,
  isPrivate = false,
  timeZone = 'Europe/Berlin',
}: DeviceOptions): Promise<BrowserContext> => {
  const browser = { executablePath: requireChromium(), args: chromiumArguments };
  const page = { locale: 'en-GB', timezoneId: timeZone, viewport, colorScheme, hasTouch };
  if (!isPrivate) return chromium.launchPersistentContext(profileDir, { ...browser, ...page });
  const context = await (await chromium.launch(browser)).newContext(page);
  context.once('close', () => void context.browser()?.close());
  return context;
};

const browserPid = async (context: BrowserContext): Promise<number> => {
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  const pid = processInfo.find(({ type }) => type === 'browser')?.id;
  if (pid === undefined) throw new Error('the browser does not tell its process id');
  return pid;
};
