import { join } from 'node:path';
import { eventuallyEqual } from '../harness/eventually.ts';
import type { Device } from '../harness/device.ts';
import type { Story } from '../harness/story.ts';
import { addEntry } from '../screens/entry-sheet.ts';
import { backedUp, tryNow } from '../screens/sync.ts';
import { anotherDevice, oneDevice, tablesHold, titlesOn } from './people.ts';

export const lostTransactions: Story = {
  name: '[42] a device whose last saves were lost by a power failure loses and doubles nothing',
  run: async (world) => {
    const traveller = await oneDevice(world);
    const { device } = traveller;
    await addEntry(device.page, { amount: '1.00', title: 'Before' });
    await backedUp(device);
    await device.close();
    const older = join(world.dir, 'older');
    device.saveProfile(older);

    await device.open();
    await addEntry(device.page, { amount: '2.00', title: 'Sent, then forgotten' });
    await backedUp(device);
    await device.kill();
    world.tell('    the disk is as it was a save ago');
    device.restoreProfile(older);
    await device.open();
    await device.goOffline();
    await addEntry(device.page, { amount: '3.00', title: 'Under the same number' });
    await device.goOnline();
    await backedUp(device);

    const all = ['Before', 'Sent, then forgotten', 'Under the same number'];
    await eventuallyEqual('the device has all of it', () => titlesOn(device), all);
    await tablesHold(traveller, all);
    const b = await anotherDevice(world, traveller);
    await eventuallyEqual('so has another', () => titlesOn(b), all);
  },
};

export const clonedProfile: Story = {
  name: '[43] two clones of one profile take turns, and both keep working',
  run: async (world) => {
    const traveller = await oneDevice(world);
    const { device: original } = traveller;
    await addEntry(original.page, { amount: '1.00', title: 'In common' });
    await backedUp(original);
    await original.close();
    const image = join(world.dir, 'image');
    original.saveProfile(image);
    const clone = world.device('C', traveller.cloud);
    clone.restoreProfile(image);

    const written = ['In common'];
    const turn = async (device: Device, title: string): Promise<void> => {
      await device.open();
      await addEntry(device.page, { amount: '1.00', title });
      written.push(title);
      await backedUp(device);
      await device.close();
    };
    for (const round of [1, 2]) {
      await turn(original, `Original ${round}`);
      await turn(clone, `Clone ${round}`);
    }

    world.tell('    both at once');
    for (const device of [original, clone]) await device.open();
    await addEntry(original.page, { amount: '1.00', title: 'Original 3' });
    await addEntry(clone.page, { amount: '1.00', title: 'Clone 3' });
    written.push('Original 3', 'Clone 3');
    for (const device of [original, clone]) await backedUp(device);
    for (const device of [original, clone]) await tryNow(device);
    for (const device of [original, clone])
      await eventuallyEqual(`${device.name} has all of it`, () => titlesOn(device), written.toSorted());
    await tablesHold(traveller, written);
  },
};
