import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Device } from '../harness/device.ts';
import { accountsOnDevice, readDeviceLedger } from '../harness/device-ledger.ts';
import { signOutEverywhere } from '../harness/pool-accounts.ts';
import type { Story } from '../harness/story.ts';
import { expireTokens, sentToken, watchRefreshes } from '../harness/token-store.ts';
import { type Person, signedIn, signIn, signInForm } from '../screens/account.ts';
import { addEntry, entryInList } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { accountLedger, backedUp } from '../screens/sync.ts';
import { newPerson, oneDevice, tablesHold, titlesIn, titlesOn } from './people.ts';

export const offlineRefresh: Story = {
  name: '[60] a token that runs out offline leaves the person signed in and writing',
  run: async (world) => {
    const traveller = await oneDevice(world);
    const { device, person } = traveller;
    const { page } = device;
    await addEntry(page, { amount: '1.00', title: 'At home' });
    await backedUp(device);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const refreshes = watchRefreshes(device);
    await device.goOffline();
    await expireTokens(page);
    await device.goto('/entries');
    await entryInList(page, 'At home').waitFor();
    await addEntry(page, { amount: '2.00', title: 'In the mountains' });
    await goTo(page, 'Account');
    await signedIn(page, person);
    await device.goOnline();
    await backedUp(device);
    ok(refreshes() >= 1);
    await tablesHold(traveller, ['At home', 'In the mountains']);
  },
};

export const revoked: Story = {
  name: '[61] a sign-in that was ended elsewhere asks for a new one and keeps everything',
  run: async (world) => {
    const traveller = await oneDevice(world);
    const { device, person, cloud } = traveller;
    const { page } = device;
    await addEntry(page, { amount: '1.00', title: 'Before' });
    await backedUp(device);
    await signOutEverywhere(cloud, await sentToken(device));
    await expireTokens(page);
    await device.goto('/');
    await addEntry(page, { amount: '2.00', title: 'Not yet sent' });
    await goTo(page, 'Sync');
    await page.getByText('Your sign-in has run out').waitFor();
    const { outboxItems } = await accountLedger(device);
    equal(outboxItems, 1);
    deepEqual(await titlesOn(device), ['Before', 'Not yet sent']);
    await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
    const form = signInForm(page);
    await form.getByLabel('Password').fill(person.password);
    await form.getByRole('button', { name: 'Sign in', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await backedUp(device);
    await tablesHold(traveller, ['Before', 'Not yet sent']);
  },
};

export const anotherPerson: Story = {
  name: '[62] another person signs in: each has a book of their own, and what the first left waits',
  run: async (world) => {
    const traveller = await oneDevice(world);
    const { device, person, cloud } = traveller;
    const { page } = device;
    const [firstId = ''] = await accountsOnDevice(page);
    await device.goOffline();
    await addEntry(page, { amount: '1.00', title: 'Of the first' });
    await signOutAnyway(page);
    await device.goOnline();

    world.tell('    the second');
    const second = await newPerson(cloud, 'Sol Berg');
    await signIn(page, second);
    await addEntry(page, { amount: '2.00', title: 'Of the second' });
    await isBackedUp(page);
    await tablesHold({ ...traveller, person: second }, ['Of the second']);
    const left = await readDeviceLedger(page, firstId);
    deepEqual([left && titlesIn(left), left?.outboxItems], [['Of the first'], 1]);

    world.tell('    the first again');
    await goTo(page, 'Account');
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await returnAs(page, person);
    await isBackedUp(page);
    await tablesHold(traveller, ['Of the first']);
    await tablesHold({ ...traveller, person: second }, ['Of the second']);
  },
};

const signOutAnyway = async (page: Page): Promise<void> => {
  await goTo(page, 'Account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out anyway', exact: true }).click();
  await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).waitFor();
};

const returnAs = async (page: Page, person: Person): Promise<void> => {
  await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).waitFor();
  await signIn(page, person);
};

const isBackedUp = async (page: Page): Promise<void> => {
  await goTo(page, 'Sync');
  await page.getByRole('heading', { name: 'Everything is backed up' }).waitFor();
};

export const refreshInTwoTabs: Story = {
  name: '[63] two tabs whose token ran out renew it once, and both stay signed in',
  run: async (world) => {
    const traveller = await oneDevice(world);
    const { device } = traveller;
    const tabs = [device.page, await device.newTab('/')];
    const refreshes = watchRefreshes(device);
    await expireTokens(device.page);
    await Promise.all(tabs.map((tab) => tab.reload()));
    const titles = ['In one tab', 'In the other'];
    await Promise.all(tabs.map((tab, index) => addEntry(tab, { amount: '1.00', title: titles[index] ?? '' })));
    await tablesHold(traveller, titles);
    equal(refreshes(), 1);
    for (const tab of tabs) await staysSignedIn(device, tab);
  },
};

const staysSignedIn = async (device: Device, tab: Page): Promise<void> => {
  await isBackedUp(tab);
  equal(await tab.getByText('Your sign-in has run out').count(), 0);
  equal((await accountLedger(device)).outboxItems, 0);
};
