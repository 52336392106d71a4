import { rejects } from 'node:assert/strict';
import { eventually } from '../harness/eventually.ts';
import type { Story } from '../harness/story.ts';
import { addEntry } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { backedUp } from '../screens/sync.ts';
import { anotherDevice, oneDevice } from './people.ts';

export const deletedAccount: Story = {
  name: '[64] a receipt of what the server holds; then the account is deleted, and no device can write to it',
  run: async (world) => {
    const traveller = await oneDevice(world);
    const { cloud, person, device: a } = traveller;
    await addEntry(a.page, { amount: '7.20', title: 'Soup' });
    await backedUp(a);
    const b = await anotherDevice(world, traveller);

    world.tell('    both sides hold the same');
    const main = a.page.getByRole('main');
    await main.getByText('The server holds 1 entry').waitFor();
    await main.getByText('digest equal').waitFor();

    world.tell('    deleted, with the password once more');
    await goTo(a.page, 'Account');
    await main.getByRole('button', { name: 'Delete account' }).click();
    await main.getByLabel('Password').fill('not my password 1A');
    await main.getByRole('button', { name: 'Delete for good' }).click();
    await main.getByRole('alert').waitFor();
    await main.getByLabel('Password').fill(person.password);
    await main.getByRole('button', { name: 'Delete for good' }).click();
    await main.getByRole('link', { name: 'Create account', exact: true }).waitFor();

    world.tell('    nothing is left on the server, and the other device is told');
    await eventually('the tables are empty', async () =>
      (await cloud.tables(person.email).catch(() => undefined)) === undefined ? true : undefined,
    );
    await rejects(cloud.tables(person.email));
    await addEntry(b.page, { amount: '3.00', title: 'Too late' });
    await goTo(b.page, 'Sync');
    await b.page.getByText('This account was deleted').waitFor();
    await goTo(b.page, 'Entries');
    await b.page.getByText('Too late').first().waitFor();
  },
};
