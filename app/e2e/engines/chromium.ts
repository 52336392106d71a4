import { chromium as playwrightChromium, type ElementHandle, type Page } from 'playwright-core';
import { chromiumArguments, requireChromium } from '../../../scripts/find-chromium.mjs';
import type { Engine, EngineBrowser, EngineTab, OpenOptions } from './engine.ts';

/** Chromium as the other engines are driven, for what is compared among all three. Playwright ends it in good order. */
export const chromium: Engine = { name: 'Chromium', open: (options) => open(options) };

const open = async ({ profileDir }: OpenOptions): Promise<EngineBrowser> => {
  const context = await playwrightChromium.launchPersistentContext(profileDir, {
    executablePath: requireChromium(),
    args: chromiumArguments,
  });
  const close = (): Promise<void> => context.close();
  return {
    newTab: async (url) => {
      const page = await context.newPage();
      await page.goto(url);
      return tabOf(page);
    },
    kill: close,
    close,
  };
};

const tabOf = (page: Page): EngineTab => {
  const found = async (expression: string): Promise<ElementHandle> => {
    const element = (await page.evaluateHandle<unknown>(expression)).asElement();
    if (!element) throw new Error(`the page has no ${expression}`);
    return element as ElementHandle;
  };
  return {
    goto: async (url) => void (await page.goto(url)),
    read: <T>(expression: string): Promise<T> => page.evaluate(expression),
    click: async (expression) => (await found(expression)).click(),
    fill: async (expression, text) => (await found(expression)).fill(text),
  };
};
