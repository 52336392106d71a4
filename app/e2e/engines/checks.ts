import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { adviceVersion } from '@fintrack/advisor-core';
import { goldenHashes } from '@fintrack/advisor-core/testing';
import { eventuallyEqual } from '../harness/eventually.ts';
import { tableLedger } from '../harness/ledger-facts.ts';
import type { Road } from '../harness/road.ts';
import type { TestCloud } from '../harness/test-cloud.ts';
import { newPerson, titlesIn } from '../stories/people.ts';
import { goldenHashIn, startAdvicePage } from './advice-page.ts';
import { addEntry, click, installed, lists, says, signIn, visible } from './app-screens.ts';
import type { Engine, EngineBrowser, OpenOptions } from './engine.ts';

/** What one check works on: an engine, a cloud, and the road to it. */
export type Bench = {
  readonly engine: Engine;
  readonly cloud: TestCloud;
  readonly road: Road;
  /** Opens the engine on one and the same profile; what is still open at the end of the check is closed. */
  readonly open: (options?: Omit<OpenOptions, 'profileDir'>) => Promise<EngineBrowser>;
};

export type Check = { readonly name: string; readonly run: (bench: Bench) => Promise<void> };

const offline: Check = {
  name: 'installed, it starts at a deep link without a network, and keeps what is written',
  run: async ({ open, road }) => {
    const tab = await (await open()).newTab(road.url);
    await installed(tab);
    await road.shut();
    await tab.goto(`${road.url}/budgets`);
    await addEntry(tab, '12.40', 'Written offline');
    await tab.goto(`${road.url}/entries`);
    await lists(tab, ['Written offline']);
    await road.reopen();
  },
};

const twoTabs: Check = {
  name: '[52] two tabs see each other at once',
  run: async ({ open, road }) => {
    const browser = await open();
    const [first, second] = [await browser.newTab(`${road.url}/entries`), await browser.newTab(`${road.url}/entries`)];
    await addEntry(first, '1.00', 'In the first tab');
    await lists(second, ['In the first tab']);
    await addEntry(second, '2.00', 'In the second tab');
    await lists(first, ['In the first tab', 'In the second tab']);
  },
};

const backsUp: Check = {
  name: '[D9] what was written before signing in is backed up with the rest',
  run: async ({ open, road, cloud }) => {
    const person = await newPerson(cloud, 'Noor Vik');
    const tab = await (await open()).newTab(road.url);
    await addEntry(tab, '1.00', 'Before signing in');
    await signIn(tab, person);
    await addEntry(tab, '2.00', 'After signing in');
    await click(tab, visible('nav a', 'Sync'));
    await says(tab, 'Everything is backed up');
    await eventuallyEqual('the tables hold both', async () => titlesIn(tableLedger(await cloud.tables(person.email))), [
      'After signing in',
      'Before signing in',
    ]);
  },
};

const killed: Check = {
  name: '[D5] killed right after it said saved, it has lost nothing',
  run: async ({ open, road }) => {
    const written: string[] = [];
    for (const title of ['First', 'Second', 'Third']) {
      const browser = await open();
      const tab = await browser.newTab(`${road.url}/entries`);
      if (written.length > 0) await lists(tab, written);
      await addEntry(tab, '1.00', title);
      written.push(title);
      await browser.kill();
    }
    const tab = await (await open()).newTab(`${road.url}/entries`);
    await lists(tab, written);
  },
};

const full: Check = {
  name: '[46] no room at all: it says that the book cannot be opened, and works once there is some',
  run: async ({ open, road }) => {
    const cramped = await open({ quotaKilobytes: 1 });
    await says(await cramped.newTab(`${road.url}/entries`), 'Could not open the book');
    await cramped.close();
    const tab = await (await open()).newTab(`${road.url}/entries`);
    await addEntry(tab, '1.00', 'Now there is room');
    await lists(tab, ['Now there is room']);
  },
};

const privateWindow: Check = {
  name: '[50] a private window is told that it keeps nothing',
  run: async ({ open, road }) => {
    const tab = await (await open({ isPrivate: true })).newTab(road.url);
    await addEntry(tab, '1.00', 'Gone tonight');
    await says(tab, 'This looks like a private window');
  },
};

const golden: Check = {
  name: 'it advises on the golden ledgers as every engine does',
  run: async ({ open }) => {
    const page = await startAdvicePage();
    try {
      const tab = await (await open()).newTab(page.url);
      assert.equal(await goldenHashIn(tab), goldenHashes[adviceVersion]);
    } finally {
      await page.close();
    }
  },
};

/** What can be driven where. */
export const checksOf = ({ name }: Engine): readonly Check[] =>
  name === 'Firefox'
    ? [offline, twoTabs, backsUp, killed, full, privateWindow, golden]
    : [offline, twoTabs, backsUp, golden];

/** A folder for the profile, made. */
export const profileIn = (dir: string, index: number): string => {
  const profileDir = join(dir, `profile-${index}`);
  mkdirSync(profileDir, { recursive: true });
  return profileDir;
};
