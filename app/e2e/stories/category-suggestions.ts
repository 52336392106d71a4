import { deepEqual, equal } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { makeStatement } from '../fixtures/statement.ts';
import { eventuallyEqual } from '../harness/eventually.ts';
import type { Story, World } from '../harness/story.ts';
import { entryInList, fillSheet, openAdd, save } from '../screens/entry-sheet.ts';
import { chooseFile, importPreviewed } from '../screens/import.ts';
import { goTo } from '../screens/navigation.ts';

const phone = { width: 390, height: 844 };

/** More than the form itself looks through. */
const recentRows = 220;

export const categorySuggestions: Story = {
  name: 'categories are suggested while typing, and a choice is never changed',
  run: async (world) => {
    const device = world.device('A', await world.sharedCloud(), { viewport: phone });
    await device.open();
    const { page } = device;
    await device.goto('/import');
    await importPreviewed(page, await chooseFile(page, statementWithOldBill(world)));
    await device.goto('/');

    world.tell('    by a word of the description: offered, not chosen');
    const sheet = await openAdd(page);
    await fillSheet(sheet, { amount: '6.40', title: 'Harbour snack' });
    await eventuallyEqual('the likeliest comes first', () => firstChip(sheet).innerText(), 'Dining');
    await eventuallyEqual(
      'it says why',
      () => firstChip(sheet).getAttribute('title'),
      'Because of \u201charbour\u201d',
    );
    equal(await firstChip(sheet).getAttribute('aria-description'), 'Because of \u201charbour\u201d');
    deepEqual(await chosen(sheet), []);

    world.tell('    a description filed long ago: chosen, with how often');
    await fillSheet(sheet, { amount: '95.00', title: 'Chimney sweep' });
    await eventuallyEqual('it is chosen', () => chosen(sheet), ['Housing']);
    await sheet.getByText('Housing, because Chimney sweep was Housing 2 times of 2').waitFor();
    equal(await chip(sheet, 'Housing').getAttribute('title'), 'Filed so 2 of 2 times');

    world.tell('    what the person chooses stays, whatever is typed');
    await fillSheet(sheet, { category: 'Leisure' });
    await fillSheet(sheet, { title: 'Harbour Cafe' });
    deepEqual(await chosen(sheet), ['Leisure']);
    await fillSheet(sheet, { title: 'Chimney sweep' });
    deepEqual(await chosen(sheet), ['Leisure']);
    await save(page);
    await goTo(page, 'Entries');
    await entryInList(page, 'Chimney sweep').first().getByText('Leisure').waitFor();
  },
};

export const noSuggestions: Story = {
  name: 'an entry is written down as ever where the advisor cannot start',
  run: async (world) => {
    const device = world.device('A', await world.sharedCloud(), { viewport: phone });
    await device.open('/', (context) => context.addInitScript(() => Reflect.deleteProperty(window, 'Worker')));
    const { page } = device;
    for (const amount of ['6.40', '7.10']) {
      const sheet = await openAdd(page);
      await fillSheet(sheet, { amount, title: 'Harbour Cafe', ...(amount === '6.40' ? { category: 'Dining' } : {}) });
      await eventuallyEqual('the category of before is chosen', () => chosen(sheet), ['Dining']);
      equal(await chip(sheet, 'Dining').getAttribute('title'), null);
      await save(page);
    }
  },
};

const statementWithOldBill = (world: World): string => {
  const [head, ...rows] = makeStatement(recentRows).csv.split('\r\n');
  const bills = ['2019-03-04', '2020-03-09'].map((date) => `${date},Chimney sweep,Housing,-95.00`);
  const path = join(world.dir, 'statement.csv');
  writeFileSync(path, [head, ...bills, ...rows].join('\r\n'));
  return path;
};

const chips = (sheet: Locator): Locator => sheet.getByRole('group', { name: 'Category' });
const chip = (sheet: Locator, name: string): Locator => chips(sheet).getByRole('button', { name, exact: true });
const firstChip = (sheet: Locator): Locator => chips(sheet).getByRole('button').first();
const chosen = (sheet: Locator): Promise<readonly string[]> =>
  chips(sheet).locator('button[aria-pressed="true"]').allInnerTexts();
