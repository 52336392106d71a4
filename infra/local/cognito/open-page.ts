import { chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { chromiumArguments, requireChromium } from '../../../scripts/find-chromium.mjs';

/** A page in a Chromium of its own, which the end of the test closes. */
export const openPage = async (url: string): Promise<Page> => {
  const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumArguments });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(url);
  return page;
};
