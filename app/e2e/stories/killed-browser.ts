import { deepEqual } from 'node:assert/strict';
import type { Story } from '../harness/story.ts';
import { entryInList, fillSheet, openAdd, pressSave, savedWords } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { localLedger } from '../screens/sync.ts';

const times = 5;

export const killedBrowser: Story = {
  name: 'the browser is killed right after it said saved',
  run: async (world) => {
    const cloud = await world.cloud();
    const device = world.device('A', cloud);
    await device.open();
    for (let time = 1; time <= times; time += 1) {
      await fillSheet(await openAdd(device.page), { amount: `${time}.50`, title: `Coffee ${time}` });
      await pressSave(device.page.getByRole('dialog'));
      await device.page.getByText(savedWords).waitFor();
      await device.kill();
      await device.open();
      const { totals, keptTotals } = await localLedger(device);
      deepEqual(Object.values(totals), [{ sumMinor: sumTo(time), count: time }]);
      deepEqual(keptTotals, totals);
      await goTo(device.page, 'Entries');
      await entryInList(device.page, `Coffee ${time}`).waitFor();
      await goTo(device.page, 'Month');
    }
  },
};

/** 1.50 + 2.50 + ... in minor units. */
const sumTo = (count: number): number =>
  Array.from({ length: count }, (_, n) => (n + 1) * 100 + 50).reduce((a, b) => a + b);
