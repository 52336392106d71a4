import { deepEqual, equal } from 'node:assert/strict';
import type { Device } from '../harness/device.ts';
import type { Story } from '../harness/story.ts';
import { addEntry, editEntry, entryInList, fillSheet, openEntry, save } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { localLedger } from '../screens/sync.ts';

/** Berlin puts its clocks forward and back on the first two; the ends of a month and a year are the rest. */
const days = ['2026-03-29', '2026-10-25', '2025-12-31'];

/** 14 hours ahead of London, and 10 behind it. */
const zones = ['Pacific/Kiritimati', 'Pacific/Honolulu'];

export const travel: Story = {
  name: '[41] no date moves with the time zone or the change of clocks',
  run: async (world) => {
    const device = world.device('A', await world.sharedCloud());
    await device.open();
    for (const date of days) await addEntry(device.page, { amount: '5.00', title: titleOf(date), date });
    await addEntry(device.page, { amount: '5.00', title: 'Today' });
    await editEntry(device.page, titleOf(days[0] ?? ''), { note: 'in Berlin' });
    const [before, shown] = [await datesOn(device), await rowsShown(device)];
    for (const zone of zones) {
      await device.close();
      device.moveTo(zone);
      await device.open();
      world.tell(`    in ${zone}`);
      const [change = ''] = days;
      const sheet = await openEntry(device.page, titleOf(change));
      equal(await sheet.getByLabel('Date', { exact: true }).inputValue(), change);
      await fillSheet(sheet, { note: 'in Berlin' });
      await save(device.page);
      deepEqual(await rowsShown(device), shown);
      equal(await datesOn(device), before);
    }
  },
};

const titleOf = (date: string): string => `On ${date}`;

/** The rows of the list, which in the wide layout begin with the date. */
const rowsShown = async ({ page }: Device): Promise<readonly string[]> => {
  await goTo(page, 'Entries');
  const rows = days.map((date) => entryInList(page, titleOf(date)).innerText());
  return Promise.all(rows);
};

/** Dates of all entries beside their titles. */
const datesOn = async (device: Device): Promise<string> => {
  const { entries } = await localLedger(device);
  return entries
    .map((line) => line.split(' | '))
    .map((cells) => `${cells[5]}: ${cells[0]}`)
    .join(', ');
};
