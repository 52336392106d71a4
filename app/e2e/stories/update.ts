import { equal } from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { appBuildDir, ensureAppBuild } from '../../../infra/local/app-build.ts';
import type { Story } from '../harness/story.ts';
import { addEntry, fillSheet, openAdd, sheetOf } from '../screens/entry-sheet.ts';

export const update: Story = {
  name: 'a new version waits for consent and keeps the draft',
  run: async (world) => {
    const siteDir = join(world.dir, 'site');
    await ensureAppBuild();
    cpSync(appBuildDir, siteDir, { recursive: true });
    const cloud = await world.cloud({ siteDir });
    const device = world.device('A', cloud);
    await device.open();
    const { page } = device;
    // The first worker takes over a page that never had one: nothing is new to anybody.
    await device.goto('/budgets');
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const toast = page.getByRole('status').filter({ hasText: 'A new version is ready.' });
    await addEntry(page, { amount: '1.00', title: 'Before the update' });
    equal(await toast.count(), 0);

    world.tell('    a new version is there');
    release(siteDir, '2');
    await fillSheet(await openAdd(page), { amount: '7.30', title: 'Half a thought' });
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
    await toast.waitFor();
    equal(await versionOf(page), null);
    // The open sheet is modal, and the toast lies over it.
    await toast.getByRole('button', { name: 'Update' }).click();
    await page.waitForFunction(() => document.querySelector('meta[name=e2e-release]')?.getAttribute('content') === '2');
    const sheet = sheetOf(page);
    equal(await sheet.getByLabel('Amount', { exact: true }).inputValue(), '7.30');
    equal(await sheet.getByLabel('Description', { exact: true }).inputValue(), 'Half a thought');
    equal(await versionOf(page), '2');
  },
};

const versionOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector('meta[name=e2e-release]')?.getAttribute('content') ?? null);

/** Another build, as far as a browser can tell: another page, and a service worker that says so. */
const release = (siteDir: string, version: string): void => {
  const page = join(siteDir, 'index.html');
  const meta = `<meta name="e2e-release" content="${version}" /></head>`;
  writeFileSync(page, readFileSync(page, 'utf8').replace('</head>', meta));
  const worker = join(siteDir, 'service-worker.js');
  const revised = readFileSync(worker, 'utf8').replace(
    /\{url:"index\.html",revision:"[^"]*"\}|\{revision:"[^"]*",url:"index\.html"\}/,
    `{url:"index.html",revision:"e2e-${version}"}`,
  );
  if (!revised.includes(`e2e-${version}`)) throw new Error('the service worker names no index.html');
  writeFileSync(worker, revised);
};
