import { deepEqual, equal } from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Device } from '../harness/device.ts';
import { accountsOnDevice } from '../harness/device-ledger.ts';
import { eventually, eventuallyEqual } from '../harness/eventually.ts';
import type { Road } from '../harness/road.ts';
import { ServiceWorkerControl } from '../harness/service-worker.ts';
import type { Story } from '../harness/story.ts';
import { addEntry, entryInList, fillSheet, openEntry, save, type TypedEntry } from '../screens/entry-sheet.ts';
import { accountLedger, backedUp } from '../screens/sync.ts';
import { oneDevice, tablesHold, titlesOn } from './people.ts';

export const sameRow: Story = {
  name: '[52] two tabs edit one entry: nothing that either typed is lost',
  run: async (world) => {
    const { device } = await oneDevice(world);
    await addEntry(device.page, { amount: '30.00', title: 'Shared dinner' });
    await backedUp(device);
    const second = await device.newTab('/entries');

    world.tell('    different fields');
    await inBothTabs(device.page, second, { amount: '31.00' }, { note: 'with Jo' });
    await eventuallyEqual('both edits stand', () => dinner(device), { amountMinor: '3100', note: 'with Jo' });
    await backedUp(device);
    equal((await accountLedger(device)).noticeCount, 0);

    world.tell('    the same field: the later stands, the other can be had back');
    await inBothTabs(device.page, second, { amount: '40.00' }, { amount: '50.00' });
    await eventuallyEqual('the later edit stands', () => dinner(device), { amountMinor: '5000', note: 'with Jo' });
    await backedUp(device);
    await eventuallyEqual('the other is told', async () => (await accountLedger(device)).noticeCount, 1);
    await device.page.getByRole('main').getByText('40.00').first().waitFor();
  },
};

/** Both forms are open before either is saved. */
const inBothTabs = async (first: Page, second: Page, one: TypedEntry, other: TypedEntry): Promise<void> => {
  const sheets = [await openEntry(first, 'Shared dinner'), await openEntry(second, 'Shared dinner')] as const;
  await fillSheet(sheets[0], one);
  await fillSheet(sheets[1], other);
  await save(first);
  await save(second);
};

const dinner = async (device: Device) => {
  const [line = ''] = (await accountLedger(device)).entries;
  const [, , , amountMinor, , , note] = line.split(' | ');
  return { amountMinor, note };
};

export const stuckLeader: Story = {
  name: '[53] the tab that syncs is frozen, or killed: another takes over',
  run: async (world) => {
    const road = await world.road(await world.sharedCloud());
    const traveller = await oneDevice(world, road);
    const { device } = traveller;
    const other = await device.newTab('/');

    world.tell('    frozen in the middle of a round');
    await hangNext(road, () => addEntry(device.page, { amount: '1.00', title: 'Before the frost' }));
    const protocol = await device.protocol();
    await protocol.send('Page.setWebLifecycleState', { state: 'frozen' });
    await addEntry(other, { amount: '2.00', title: 'During the frost' });
    await tablesHold(traveller, ['Before the frost', 'During the frost']);
    await protocol.send('Page.setWebLifecycleState', { state: 'active' });
    road.hangUp();
    await backedUp(device);

    world.tell('    killed in the middle of a round');
    await hangNext(road, () => addEntry(device.page, { amount: '3.00', title: 'Before the end' }));
    const crashed = device.page.waitForEvent('crash');
    // It never answers.
    protocol.send('Page.crash').catch(() => undefined);
    await crashed;
    await addEntry(other, { amount: '4.00', title: 'After the end' });
    const all = ['After the end', 'Before the end', 'Before the frost', 'During the frost'];
    await tablesHold(traveller, all);
  },
};

/** The next request never comes to an end. */
const hangNext = async (road: Road, act: () => Promise<void>): Promise<void> => {
  const next = road.requests + 1;
  road.fate = (request) => (request === next ? 'hangs' : 'arrives');
  await act();
  await eventually('a round has begun', async () => (road.requests >= next ? true : undefined));
};

export const heldLock: Story = {
  name: '[54] a lock that is held for ever, or over a navigation, delays sync and does not stop it',
  run: async (world) => {
    const road = await world.road(await world.sharedCloud());
    const traveller = await oneDevice(world, road);
    const { device } = traveller;
    const [userId = ''] = await accountsOnDevice(device.page);

    world.tell('    over a navigation');
    await hangNext(road, () => addEntry(device.page, { amount: '1.00', title: 'And away' }));
    await device.goto('/entries');
    await entryInList(device.page, 'And away').waitFor();
    await tablesHold(traveller, ['And away']);

    world.tell('    for ever');
    const holder = await device.newTab('/favicon.svg');
    await holder.evaluate(holdForEver, `fintrack sync fintrack-${userId}`);
    await addEntry(device.page, { amount: '2.00', title: 'Past the lock' });
    await tablesHold(traveller, ['And away', 'Past the lock']);
    await addEntry(device.page, { amount: '3.00', title: 'And at once' });
    await backedUp(device);
  },
};

/** Runs in a page. */
const holdForEver = async (name: string): Promise<void> =>
  new Promise((resolve) => {
    navigator.locks
      .request(name, () => {
        resolve();
        return new Promise(() => undefined);
      })
      .catch(() => undefined);
  });

export const killedWorker: Story = {
  name: '[58] the service worker backs up with the app closed, and killed in the middle loses nothing',
  run: async (world) => {
    const road = await world.road(await world.sharedCloud());
    const traveller = await oneDevice(world, road);
    const { device } = traveller;
    await device.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const worker = await ServiceWorkerControl.of(device);

    await saveAndClose(device, 'In a tunnel');
    await worker.sync();
    await tablesHold(traveller, ['In a tunnel']);
    world.tell('    it was sent with no page open');

    await device.goto('/');
    await saveAndClose(device, 'In the next');
    const next = road.requests + 1;
    road.fate = () => 'answerHangs';
    await worker.sync();
    await eventually('the worker has asked', async () => (road.requests >= next ? true : undefined));
    await tablesHold(traveller, ['In a tunnel', 'In the next']);
    await worker.kill();
    road.hangUp();
    road.fate = () => 'arrives';
    world.tell('    it was killed before it heard the answer');
    await device.goto('/');
    await addEntry(device.page, { amount: '3.00', title: 'In the light' });
    await backedUp(device);
    const all = ['In a tunnel', 'In the light', 'In the next'];
    deepEqual(await titlesOn(device), all);
    await tablesHold(traveller, all);
  },
};

/** Offline, and with no page of the app left when the network is back. */
const saveAndClose = async (device: Device, title: string): Promise<void> => {
  await device.goOffline();
  await addEntry(device.page, { amount: '1.00', title });
  await device.page.goto('about:blank');
  await device.goOnline();
};
