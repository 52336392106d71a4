import { chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { findChromium } from '../../../scripts/find-chromium.mjs';

/** A page in a Chromium of its own, which the end of the test closes. */
export const openPage = async (url: string): Promise<Page> => {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('no Chromium found: install one, or set CHROMIUM_PATH to its program');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(url);
  return page;
};

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
