import { deepEqual, equal } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accountsOnDevice } from '../harness/device-ledger.ts';
import { createNewerClient } from '../harness/newer-client.ts';
import { copyBuild, release, releaseOf, rollBack } from '../harness/release.ts';
import type { Story } from '../harness/story.ts';
import { sentToken } from '../harness/token-store.ts';
import { addEntry, editEntry, entryInList, fillSheet, openAdd, save, sheetOf } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { accountLedger, backedUp, localLedger, tryNow } from '../screens/sync.ts';
import { oneDevice } from './people.ts';

const halfAThought = { amount: '7.30', title: 'Half a thought' };

export const update: Story = {
  name: '[55] a new version waits for consent, and the draft outlives it and a crash',
  run: async (world) => {
    const siteDir = await copyBuild(join(world.dir, 'site'));
    const device = world.device('A', await world.road(await world.sharedCloud(), { siteDir }));
    await device.open();
    const { page } = device;
    // The first worker takes over a page that never had one: nothing is new to anybody.
    await device.goto('/budgets');
    await controlled(page);
    await addEntry(page, { amount: '1.00', title: 'Before the update' });
    equal(await updateToast(page).count(), 0);

    world.tell('    a new version is there');
    release(siteDir, { version: '2' });
    await fillSheet(await openAdd(page), halfAThought);
    await lookForUpdate(page);
    equal(await releaseOf(page), null);
    // The open sheet is modal, and the toast lies over it.
    await updateToast(page).getByRole('button', { name: 'Update' }).click();
    await isRelease(page, '2');
    await holdsDraft(page);
    equal(await releaseOf(page), '2');

    world.tell('    and the browser is killed');
    await device.kill();
    await device.open('/add');
    await holdsDraft(device.page);
  },
};

export const newSchema: Story = {
  name: '[56] an old tab lets a new schema in, says so, and its draft is saved',
  run: async (world) => {
    const siteDir = await copyBuild(join(world.dir, 'site'));
    const device = world.device('A', await world.road(await world.sharedCloud(), { siteDir }));
    await device.open();
    const old = device.page;
    await device.goto('/');
    await controlled(old);
    await addEntry(old, { amount: '1.00', title: 'In the old schema' });
    await fillSheet(await openAdd(old), halfAThought);
    const young = await device.newTab('/');
    release(siteDir, { version: '2', hasNewSchema: true });
    await lookForUpdate(young);
    await updateToast(young).getByRole('button', { name: 'Update' }).click();
    await isRelease(young, '2');
    await goTo(young, 'Entries');
    await entryInList(young, 'In the old schema').waitFor();

    world.tell('    the old tab cannot save any more, and says what to do');
    equal(await releaseOf(old), null);
    await sheetOf(old).or(old.getByRole('alert')).first().waitFor();
    await old.getByRole('alert').first().waitFor();
    await old.reload();
    await isRelease(old, '2');
    await old.goto(new URL('/add', old.url()).href);
    await holdsDraft(old);
    await save(old);
    await entryInList(young, halfAThought.title).waitFor();
  },
};

export const blockedByOldTab: Story = {
  name: '[49] a database that an old tab blocks asks for that tab to be closed, once',
  run: async (world) => {
    const siteDir = await copyBuild(join(world.dir, 'site'));
    const device = world.device('A', await world.road(await world.sharedCloud(), { siteDir }));
    await device.open();
    await addEntry(device.page, { amount: '1.00', title: 'Still here' });
    await device.page.evaluate(async () => (await navigator.serviceWorker.ready).unregister());
    const stubborn = await device.newTab('/favicon.svg');
    await stubborn.evaluate(keepOpen, 'fintrack-local');
    release(siteDir, { version: '2', hasNewSchema: true });

    const { page } = device;
    let loads = 0;
    page.on('load', () => (loads += 1));
    await device.goto('/entries');
    await page.getByRole('alert').getByText('An older tab of this app keeps the book open').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').getByText('An older tab of this app keeps the book open').waitFor();
    equal(loads, 1);
    world.tell('    the tab is closed');
    await stubborn.close();
    await page.getByRole('button', { name: 'Try again' }).click();
    await entryInList(page, 'Still here').waitFor();
  },
};

export const rolledBack: Story = {
  name: '[57] a version that is rolled back opens what the newer one left',
  run: async (world) => {
    const siteDir = await copyBuild(join(world.dir, 'site'));
    const device = world.device('A', await world.road(await world.sharedCloud(), { siteDir }));
    release(siteDir, { version: '2', hasNewSchema: true });
    await device.open();
    const { page } = device;
    await isRelease(page, '2');
    await addEntry(page, { amount: '1.00', title: 'Of the newer version' });
    const before = await localLedger(device);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).unregister());
    rollBack(siteDir);
    await device.goto('/entries');
    equal(await releaseOf(page), null);
    await entryInList(page, 'Of the newer version').waitFor();
    await addEntry(page, { amount: '2.00', title: 'Of the older again' });
    equal((await localLedger(device)).entries.length, before.entries.length + 1);
  },
};

export const unknownFields: Story = {
  name: '[57] what a newer version wrote, and this one does not know, outlives an edit here',
  run: async (world) => {
    const { cloud, device } = await oneDevice(world);
    await addEntry(device.page, { amount: '3.00', title: 'Tea' });
    await backedUp(device);
    const [userId = ''] = await accountsOnDevice(device.page);
    const id = (await accountLedger(device)).entries[0]?.split(' | ')[2] ?? '';
    const goalId = randomUUID();
    const newer = createNewerClient(cloud, userId, await sentToken(device));
    await newer.sync();
    await newer.write([
      { type: 'set', kind: 'expense', id, values: { mood: { word: 'glad', of: 5 } } },
      { type: 'set', kind: 'goal', id: goalId, values: { target: ['a', 'bicycle'] } },
    ]);
    await newer.sync();

    world.tell('    the older version edits the same entry');
    await tryNow(device);
    await editEntry(device.page, 'Tea', { note: 'by the older' });
    await backedUp(device);
    await newer.sync();
    const tea = newer.row(`expense/${id}`);
    deepEqual([tea?.cells['mood']?.value, tea?.cells['note']?.value], [{ word: 'glad', of: 5 }, 'by the older']);
    deepEqual(newer.row(`goal/${goalId}`)?.cells['target']?.value, ['a', 'bicycle']);
    await goTo(device.page, 'Sync');
    // [F9] Folded alike, known or not.
    await device.page.getByTitle(newer.digest()).waitFor();
  },
};

const updateToast = (page: Page) => page.getByRole('status').filter({ hasText: 'A new version is ready.' });

const controlled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => navigator.serviceWorker.controller !== null);

/** As the page does by itself every hour. */
const lookForUpdate = async (page: Page): Promise<void> => {
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await updateToast(page).waitFor();
};

const isRelease = (page: Page, version: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('meta[name=e2e-release]')?.getAttribute('content') === wanted,
    version,
  );

const holdsDraft = async (page: Page): Promise<void> => {
  const sheet = sheetOf(page);
  await sheet.getByLabel('Amount', { exact: true }).waitFor();
  equal(await sheet.getByLabel('Amount', { exact: true }).inputValue(), halfAThought.amount);
  equal(await sheet.getByLabel('Description', { exact: true }).inputValue(), halfAThought.title);
};

/** Runs in a page: holds a database and lets go of it for nobody. */
const keepOpen = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => {
      Object.assign(globalThis, { kept: opening.result });
      resolve();
    };
    opening.onerror = () => reject(opening.error);
  });
