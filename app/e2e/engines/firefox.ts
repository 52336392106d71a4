import { existsSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type ElementHandle, type Page } from 'puppeteer-core';
import { findFirefox } from '../../../scripts/find-engines.mjs';
import { eventually } from '../harness/eventually.ts';
import type { Engine, EngineBrowser, EngineTab, OpenOptions } from './engine.ts';

/** Firefox over WebDriver BiDi, in a profile on the disk. */
export const firefox: Engine = { name: 'Firefox', open: (options) => open(options) };

const open = async ({ profileDir, isPrivate, quotaKilobytes }: OpenOptions): Promise<EngineBrowser> => {
  const executablePath = findFirefox();
  if (executablePath === undefined)
    throw new Error('No Firefox found: install one, or set FIREFOX_PATH to its program.');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir: profileDir,
    extraPrefsFirefox: {
      ...quiet,
      ...(isPrivate ? { 'browser.privatebrowsing.autostart': true } : {}),
      // Minus one: as much as the browser thinks right.
      'dom.quotaManager.temporaryStorage.fixedLimit': quotaKilobytes ?? -1,
    },
  });
  const child = browser.process();
  const ended = new Promise<void>((resolve) => child?.once('exit', () => resolve()));
  return {
    newTab: async (url) => {
      const page = await browser.newPage();
      await page.goto(url, { waitUntil: 'load' });
      return tabOf(page);
    },
    kill: async () => {
      child?.kill('SIGKILL');
      await ended;
      await settingsPutBack(profileDir);
    },
    close: async () => {
      await browser.close();
      await settingsPutBack(profileDir);
    },
  };
};

/** The driver puts the profile's own settings back after the browser has ended; until then no other may start in it. */
const settingsPutBack = (profileDir: string): Promise<true> =>
  eventually('the profile has its settings back', async () =>
    ['prefs.js', 'user.js'].some((name) => existsSync(join(profileDir, `${name}.puppeteer`))) ? undefined : true,
  );

const tabOf = (page: Page): EngineTab => {
  /** To the front first: what lies behind is slow on purpose. */
  const found = async (expression: string): Promise<ElementHandle> => {
    await page.bringToFront();
    const element = (await page.evaluateHandle(`(${expression}) ?? null`)).asElement();
    if (!element) throw new Error(`the page has no ${expression}`);
    return element as ElementHandle;
  };
  return {
    goto: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
    read: <T>(expression: string) => page.evaluate(`(async () => (${expression}))()`) as Promise<T>,
    click: async (expression) => (await found(expression)).click(),
    fill: async (expression, text) => {
      const field = await found(expression);
      await field.click({ count: 3 });
      await field.type(text);
    },
  };
};

/** Without these Firefox asks the internet for this and that. */
const quiet = {
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'app.normandy.enabled': false,
  'services.settings.server': 'data:,nowhere',
  'browser.safebrowsing.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'extensions.update.enabled': false,
  'dom.push.connection.enabled': false,
  'browser.topsites.contile.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'toolkit.startup.max_resumed_crashes': -1,
};
