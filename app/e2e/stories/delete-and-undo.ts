import { deepEqual } from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Story } from '../harness/story.ts';
import { setBudget } from '../screens/budgets.ts';
import { addEntry, deleteEntry, entryInList, openAdd } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { localLedger } from '../screens/sync.ts';

export const deleteAndUndo: Story = {
  name: 'delete, undo, and what is left of the budget',
  run: async (world) => {
    const cloud = await world.cloud();
    const device = world.device('A', cloud);
    await device.open();
    const { page } = device;
    await addEntry(page, { amount: '30.00', title: 'Dinner out', category: 'Dining' });
    await addEntry(page, { amount: '4.50', title: 'Coffee', category: 'Dining' });
    await setBudget(page, 'Dining', '100.00');
    await leftInBudget(page, '65.50');

    world.tell('    delete and undo');
    await deleteEntry(page, 'Dinner out');
    // The next entry is begun, and its sheet is modal: the offer to undo lies over it.
    const sheet = await openAdd(page);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.getByText('Dinner out is back').waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await entryInList(page, 'Dinner out').waitFor();
    await leftInBudget(page, '65.50');

    world.tell('    delete for good');
    await deleteEntry(page, 'Dinner out');
    await leftInBudget(page, '95.50');
    await device.goto('/entries');
    await entryInList(page, 'Coffee').waitFor();
    deepEqual(await entryInList(page, 'Dinner out').count(), 0);
    const { totals, keptTotals } = await localLedger(device);
    deepEqual(Object.values(totals), [{ sumMinor: 450, count: 1 }]);
    deepEqual(keptTotals, totals);
  },
};

const leftInBudget = async (page: Page, amount: string): Promise<void> => {
  await goTo(page, 'Budgets');
  await page.getByRole('listitem').filter({ hasText: 'Dining' }).getByText(`${amount} left`).waitFor();
};
