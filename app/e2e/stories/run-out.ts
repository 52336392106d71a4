import { equal } from 'node:assert/strict';
import type { Story } from '../harness/story.ts';
import { signInForm, signUp } from '../screens/account.ts';
import { addEntry } from '../screens/entry-sheet.ts';
import { goTo } from '../screens/navigation.ts';
import { backedUp } from '../screens/sync.ts';
import { mara } from './people.ts';

export const runOut: Story = {
  name: 'a sign-in that ran out is given again',
  run: async (world) => {
    const cloud = await world.cloud();
    const device = world.device('A', cloud);
    await device.open();
    const { page } = device;
    await signUp(page, cloud, mara);
    await backedUp(device);

    world.tell('    the tokens are gone, the book is open all the same');
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase('fintrack-tokens');
          request.onsuccess = resolve;
          request.onerror = reject;
        }),
    );
    await page.reload();
    await addEntry(page, { amount: '2.50', title: 'Written without a sign-in' });
    await goTo(page, 'Sync');
    await page.getByText('Your sign-in has run out').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
    const form = signInForm(page);
    equal(await form.getByLabel('Email').inputValue(), mara.email);
    await form.getByLabel('Password').fill(mara.password);
    await form.getByRole('button', { name: 'Sign in', exact: true }).click();
    await form.waitFor({ state: 'detached' });
    await backedUp(device);
  },
};
