import type { Story } from '../harness/story.ts';
import { addEntry, entryInList } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';

export const twoTabs: Story = {
  name: 'two tabs see each other at once',
  run: async (world) => {
    const cloud = await world.cloud();
    const device = world.device('A', cloud);
    await device.open();
    const first = device.page;
    const second = await device.newTab('/entries');
    await addEntry(first, { amount: '3.20', title: 'Written in the first tab' });
    await entryInList(second, 'Written in the first tab').waitFor();
    await goTo(first, 'Entries');
    await addEntry(second, { amount: '4.80', title: 'Written in the second tab' });
    await entryInList(first, 'Written in the second tab').waitFor();
    await entryInList(first, 'Written in the first tab').waitFor();
  },
};
