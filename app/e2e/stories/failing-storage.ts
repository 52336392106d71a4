import { deepEqual, equal } from 'node:assert/strict';
import type { CDPSession } from 'playwright-core';
import type { Device } from '../harness/device.ts';
import { eventuallyEqual } from '../harness/eventually.ts';
import { failFirstReads, fault, installFaults } from '../harness/page-faults.ts';
import type { Story } from '../harness/story.ts';
import { signIn } from '../screens/account.ts';
import { addEntry, entryInList, fillSheet, openAdd, pressSave, save, sheetOf } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { backedUp, localLedger } from '../screens/sync.ts';
import { oneDevice, tablesHold, titlesIn, titlesOn } from './people.ts';

export const evicted: Story = {
  name: '[44] a browser that threw everything away gets the account back',
  run: async (world) => {
    const traveller = await oneDevice(world);
    const { device, person } = traveller;
    await addEntry(device.page, { amount: '1.00', title: 'Backed up' });
    await backedUp(device);
    await device.goOffline();
    await addEntry(device.page, { amount: '2.00', title: 'Never sent' });
    world.tell('    warned while it can still be helped');
    await device.page.getByRole('link', { name: '1 waiting, saved here' }).waitFor();

    for (const storageTypes of ['indexeddb', 'all']) {
      world.tell(`    gone: ${storageTypes}`);
      await clearStorage(device, storageTypes);
      await device.goOnline();
      await device.goto('/');
      if (storageTypes === 'indexeddb')
        await device.page.getByRole('status').getByText('The browser cleared this book').waitFor();
      await signInAgain(device, person);
      await backedUp(device);
      await eventuallyEqual('the account is back', () => titlesOn(device), ['Backed up']);
      await goTo(device.page, 'Entries');
      await entryInList(device.page, 'Backed up').waitFor();
    }
    await addEntry(device.page, { amount: '3.00', title: 'Afterwards' });
    await backedUp(device);
    await tablesHold(traveller, ['Backed up', 'Afterwards']);
  },
};

/** The name of the account may have outlived its sign-in. */
const signInAgain = async (device: Device, person: Parameters<typeof signIn>[1]): Promise<void> => {
  const { page } = device;
  await goTo(page, 'Sync');
  const again = page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true });
  await again.click();
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Sign in', exact: true }) });
  await form.getByLabel('Email').fill(person.email);
  await form.getByLabel('Password').fill(person.password);
  await form.getByRole('button', { name: 'Sign in', exact: true }).click();
  await form.waitFor({ state: 'detached' });
};

export const notPersisted: Story = {
  name: '[45] a browser that does not promise to keep the data: what is not backed up is counted',
  run: async (world) => {
    const { device } = await oneDevice(world);
    const { page } = device;
    const protocol = await device.protocol();
    const { origin } = new URL(page.url());
    await protocol.send('Browser.setPermission', {
      permission: { name: 'persistent-storage' },
      setting: 'denied',
      origin,
    });
    await device.goOffline();
    await addEntry(page, { amount: '1.00', title: 'In a tent' });
    await goTo(page, 'Sync');
    await page.getByText('1 change is not backed up, and the browser may clear it.').waitFor();
    await page.getByRole('button', { name: 'Ask it to' }).click();
    await page.getByText('The browser does not promise it.').waitFor();
    await device.goOnline();
    await backedUp(device);
    equal(await page.getByText('not backed up, and the browser').count(), 0);
  },
};

export const privateWindow: Story = {
  name: '[50] a private window, where the browser hides that it is one, still says that entries are in it only',
  run: async (world) => {
    const device = world.device('A', await world.sharedCloud(), { isPrivate: true });
    await device.open();
    await addEntry(device.page, { amount: '1.00', title: 'Gone tonight' });
    await goTo(device.page, 'Sync');
    await device.page.getByText('1 entry is in this browser only.').waitFor();
    await device.page.getByText('It may clear it when the device runs short of room').waitFor();
  },
};

export const fullDisk: Story = {
  name: '[46] no room left on save: the form keeps its text and says so',
  run: async (world) => {
    const device = world.device('A', await world.sharedCloud());
    await device.open();
    await addEntry(device.page, { amount: '1.00', title: 'While there was room' });
    const { origin } = new URL(device.page.url());
    await device.close();
    // Before the first write: for a while after it the browser goes by the room that there was then.
    let protocol: CDPSession | undefined;
    await device.open('/', async (context) => {
      const [first] = context.pages();
      if (first) protocol = await context.newCDPSession(first);
      await protocol?.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    });
    const { page } = device;
    const typed = { amount: '64.20', title: 'One too many', note: 'do not lose this' };
    const sheet = await openAdd(page);
    await fillSheet(sheet, typed);
    await pressSave(sheet);
    await sheet.getByRole('alert').getByText('this browser has no room left').waitFor();
    equal(await sheet.getByLabel('Amount', { exact: true }).inputValue(), typed.amount);
    equal(await sheet.getByLabel('Description', { exact: true }).inputValue(), typed.title);
    equal(await sheet.getByLabel('Note', { exact: true }).inputValue(), typed.note);
    deepEqual(titlesIn(await localLedger(device)), ['While there was room']);
    world.tell('    somebody made room');
    await protocol?.send('Storage.overrideQuotaForOrigin', { origin });
    await save(page);
    const ledger = await localLedger(device);
    deepEqual(titlesIn(ledger), ['One too many', 'While there was room']);
    deepEqual(ledger.keptTotals, ledger.totals);
  },
};

export const lostConnection: Story = {
  name: '[47] a lost connection to the database is opened again, and the save done once',
  run: async (world) => {
    const device = world.device('A', await world.sharedCloud());
    await device.open('/', installFaults);
    const { page } = device;
    await addEntry(page, { amount: '1.00', title: 'Before' });
    await fault(page, 'loseConnections');
    await addEntry(page, { amount: '2.00', title: 'After the first loss' });
    await fillSheet(await openAdd(page), { amount: '3.00', title: 'After the second' });
    await fault(page, 'loseServer');
    await save(page);
    await goTo(page, 'Entries');
    await entryInList(page, 'After the second').waitFor();
    const ledger = await localLedger(device);
    deepEqual(titlesIn(ledger), ['After the first loss', 'After the second', 'Before']);
    deepEqual(ledger.keptTotals, ledger.totals);
  },
};

export const failedRead: Story = {
  name: '[48] a read that fails at the start is tried again and never taken for an empty book',
  run: async (world) => {
    const device = world.device('A', await world.sharedCloud());
    await device.open('/', installFaults);
    await addEntry(device.page, { amount: '1.00', title: 'Still here' });
    const before = await localLedger(device);
    await device.close();

    world.tell('    one that passes');
    await device.open('/entries', async (context) => {
      await installFaults(context);
      await failFirstReads(context, 1);
    });
    await entryInList(device.page, 'Still here').waitFor();
    await device.close();

    world.tell('    one that stays');
    await device.open('/entries', async (context) => {
      await installFaults(context);
      await failFirstReads(context, 10_000);
    });
    const { page } = device;
    await page.getByRole('alert').getByText('Could not open the book').waitFor();
    equal(await page.getByRole('link', { name: 'Add', exact: true }).count(), 0);
    await fault(page, 'heal');
    await page.getByRole('button', { name: 'Try again' }).click();
    await entryInList(page, 'Still here').waitFor();
    deepEqual(await localLedger(device), before);
    equal(await sheetOf(page).count(), 0);
  },
};

const clearStorage = async (device: Device, storageTypes: string): Promise<void> => {
  const protocol = await device.protocol();
  await protocol.send('Storage.clearDataForOrigin', { origin: new URL(device.page.url()).origin, storageTypes });
  await protocol.detach();
};
