import { eventuallyEqual } from '../harness/eventually.ts';
import type { Device } from '../harness/device.ts';
import { tableLedger } from '../harness/ledger-facts.ts';
import type { Story } from '../harness/story.ts';
import { addEntry, editEntry } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { accountLedger, backedUp, tryNow } from '../screens/sync.ts';
import { mara, twoDevices } from './people.ts';

const title = 'Team lunch';

export const twoEdits: Story = {
  name: 'two devices edit one entry offline',
  run: async (world) => {
    const { cloud, a, b } = await twoDevices(world, (device) =>
      addEntry(device.page, { amount: '24.00', title, category: 'Dining' }),
    );
    const shown = async (device: Device) => (await accountLedger(device)).entries.map(lineWithoutId);
    const inTables = async () => tableLedger(await cloud.tables(mara.email)).entries.map(lineWithoutId);
    const everywhere = async (amountMinor: number, note: string) => {
      const before = await shown(a);
      const expected = before.map((line) => ({ ...line, amountMinor: String(amountMinor), note }));
      await eventuallyEqual('A shows both edits', () => shown(a), expected);
      await eventuallyEqual('B shows both edits', () => shown(b), expected);
      await eventuallyEqual('the tables hold both edits', inTables, expected);
    };

    world.tell('    different fields: the amount on A, the note on B');
    await offline(a, b);
    await editEntry(a.page, title, { amount: '25.50' });
    await editEntry(b.page, title, { note: 'with Jo' });
    await meet(a, b);
    await everywhere(2550, 'with Jo');

    world.tell('    the same field: B set the amount later');
    await offline(a, b);
    await editEntry(a.page, title, { amount: '30.00' });
    await editEntry(b.page, title, { amount: '31.00' });
    await meet(a, b);
    await everywhere(3100, 'with Jo');
    const conflict = (device: Device) =>
      device.page.getByRole('region', { name: `${title} was changed on two devices` });
    await goTo(a.page, 'Sync');
    await conflict(a)
      .getByRole('cell', { name: /30\.00/ })
      .waitFor();
    await conflict(a)
      .getByRole('button', { name: /^Keep this, the version of device/ })
      .click();
    await conflict(a).waitFor({ state: 'detached' });

    world.tell('    what A decided is decided on B');
    await conflict(b).waitFor();
    await backedUp(a);
    await tryNow(b);
    await conflict(b).waitFor({ state: 'detached' });
    await everywhere(3100, 'with Jo');
  },
};

const offline = async (...devices: readonly Device[]): Promise<void> => {
  for (const device of devices) await device.goOffline();
};

/** A sends first, then B, then A hears of it. */
const meet = async (a: Device, b: Device): Promise<void> => {
  await a.goOnline();
  await backedUp(a);
  await b.goOnline();
  await backedUp(b);
  await tryNow(a);
};

const lineWithoutId = (line: string) => {
  const [date, kind, , amountMinor, currency, entryTitle, note] = line.split(' | ');
  return { date, kind, amountMinor, currency, title: entryTitle, note };
};
