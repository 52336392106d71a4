import { deepEqual, equal } from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventuallyEqual } from '../harness/eventually.ts';
import type { Story } from '../harness/story.ts';
import { card, openAdvice, openWhy } from '../screens/advisor.ts';
import { setBudget } from '../screens/budgets.ts';
import { addEntry } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { backedUp } from '../screens/sync.ts';
import { anotherDevice, oneDevice } from './people.ts';

const rise = 'Disney+ costs 2.00 more a month';

export const adviceOffline: Story = {
  name: 'entries typed offline give advice, whose evidence can be checked and left out',
  run: async (world) => {
    const device = world.device('A', await world.sharedCloud());
    await device.open();
    const { page } = device;
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await device.goOffline();
    for (const [monthsAgo, amount] of [8.99, 8.99, 8.99, 8.99, 8.99, 10.99, 10.99].toReversed().entries())
      await addEntry(page, {
        amount: amount.toFixed(2),
        title: 'Disney+',
        category: 'Subscriptions',
        date: monthsBefore(monthsAgo),
      });

    world.tell('    the card, its sum and its entries');
    await openAdvice(page);
    await page.getByText('With 7 entries these are suggestions, no more.').waitFor();
    const drawer = await openWhy(page, rise);
    deepEqual(await sumOf(drawer), [
      ['Price now', '10.99'],
      ['Price before', '\u22128.99'],
      ['More each time', '2.00'],
      ['A year, 2.00 \u00d7 12', '24.00'],
    ]);
    equal(await drawer.getByRole('checkbox').count(), 7);

    world.tell('    left out, it is worked out anew; counted again, it is as before');
    const newest = drawer.getByRole('checkbox').first();
    await newest.click();
    await drawer.getByText('Entries used, 6 of 7').waitFor();
    await drawer.getByRole('checkbox').nth(1).click();
    await drawer.getByText('Without what you left out there is nothing to tell.').waitFor();
    await newest.click();
    await drawer.getByRole('checkbox').nth(1).click();
    await drawer.getByRole('heading', { name: rise }).waitFor();
    await drawer.getByText('Entries used, 7', { exact: true }).waitFor();

    world.tell('    answered, it stays away, until that is undone');
    await drawer.getByRole('button', { name: /^I know/ }).click();
    await drawer.waitFor({ state: 'detached' });
    await card(page, rise).waitFor({ state: 'detached' });
    await device.goto('/advisor');
    await page.getByText('Worked out on this device, from 7 entries').waitFor();
    equal(await card(page, rise).count(), 0);
    await page.getByText('Answered', { exact: false }).first().click();
    await page.getByRole('button', { name: 'Take back: Price rise, Disney+' }).click();
    await card(page, rise).waitFor();
  },
};

const over = 'Dining is 4.00 over its budget';

export const adviceOnTwoDevices: Story = {
  name: 'a card answered on one device is gone on the other',
  run: async (world) => {
    const traveller = await oneDevice(world);
    const { device: a } = traveller;
    await addEntry(a.page, { amount: '34.00', title: 'Dinner out', category: 'Dining' });
    await setBudget(a.page, 'Dining', '30.00');
    await openAdvice(a.page);
    await card(a.page, over).waitFor();
    await backedUp(a);
    const b = await anotherDevice(world, traveller);
    await openAdvice(b.page);
    await card(b.page, over).waitFor();

    world.tell('    got it, on the first');
    await openAdvice(a.page);
    await card(a.page, over)
      .getByRole('button', { name: /^Got it/ })
      .click();
    await card(a.page, over).waitFor({ state: 'detached' });
    await backedUp(a);
    await syncNow(b.page);
    await openAdvice(b.page);
    await eventuallyEqual('the card is gone on the second', () => card(b.page, over).count(), 0);

    world.tell('    once it is over by much more, both tell it again');
    await addEntry(b.page, { amount: '40.00', title: 'Another dinner', category: 'Dining' });
    await openAdvice(b.page);
    const again = 'Dining is 44.00 over its budget';
    await card(b.page, again).waitFor();
    const drawer = await openWhy(b.page, again);
    await drawer.getByRole('button', { name: 'Set the budget to 74.00' }).click();
    await card(b.page, again).waitFor({ state: 'detached' });
    await b.page.getByRole('button', { name: 'Undo', exact: true }).click();
    await card(b.page, again).waitFor();
    await backedUp(b);
    await syncNow(a.page);
    await openAdvice(a.page);
    await card(a.page, again).waitFor();
  },
};

const syncNow = async (page: Page): Promise<void> => {
  await goTo(page, 'Sync');
  await page.getByRole('button', { name: 'Sync now', exact: true }).click();
};

/** Each line of the sum: what it is, and the figure. */
const sumOf = async (drawer: Locator): Promise<readonly (readonly string[])[]> => {
  const lines = await drawer.locator('.steps li').all();
  return Promise.all(lines.map((line) => line.locator('span').allInnerTexts()));
};

/** The same day of every month, a few days ago at the latest. */
const monthsBefore = (count: number): string => {
  const lately = new Date(Date.now() - 3 * 86_400_000);
  const day = Math.min(28, lately.getDate());
  const date = new Date(Date.UTC(lately.getFullYear(), lately.getMonth() - count, day));
  return date.toISOString().slice(0, 10);
};
