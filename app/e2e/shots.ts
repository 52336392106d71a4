import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Device } from './harness/device.ts';
import { eventually } from './harness/eventually.ts';
import type { Story } from './harness/story.ts';
import { signedIn, signInForm, signUp, trySignIn } from './screens/account.ts';
import { setBudget } from './screens/budgets.ts';
import { addEntry } from './screens/entry-sheet.ts';
import { chooseFile, importFile } from './screens/import.ts';
import { accountLedger, backedUp } from './screens/sync.ts';
import { mara } from './stories/people.ts';

const householdFile = fileURLToPath(new URL('./fixtures/household.csv', import.meta.url));

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } } as const;

/** Not a test: pictures of every screen, with typical data, for people to look at. */
export const takeShots = (dir: string): Story => ({
  name: `pictures of the screens in ${dir}`,
  run: async (world) => {
    mkdirSync(dir, { recursive: true });
    const cloud = await world.cloud();
    const first = world.device('writer', cloud);
    await first.open();
    await fillBook(first.page);
    await signUp(first.page, cloud, mara);
    await backedUp(first);
    await first.close();
    for (const [size, viewport] of Object.entries(sizes))
      for (const colorScheme of ['light', 'dark'] as const) {
        const device = world.device(`${size}-${colorScheme}`, cloud, { viewport, colorScheme });
        const shoot = (name: string) =>
          device.page.screenshot({ path: join(dir, `${size}-${colorScheme}-${name}.png`), animations: 'disabled' });
        await device.open();
        await shootEmpty(device, shoot);
        await device.goto('/account?do=sign-in');
        await trySignIn(signInForm(device.page), mara);
        await signedIn(device.page, mara);
        await holdsTheBook(device);
        await shootFull(device, shoot);
        await device.close();
        world.tell(`    ${size}, ${colorScheme}`);
      }
  },
});

type Shoot = (name: string) => Promise<unknown>;

const fillBook = async (page: Page): Promise<void> => {
  const entries = [
    { amount: '38.16', title: 'Nordlicht Market', category: 'Groceries' },
    { amount: '14.20', title: 'Harbour Cafe', category: 'Dining', note: 'with Jo' },
    { amount: '62.40', title: 'Trattoria Zio', category: 'Dining' },
    { amount: '950.00', title: 'Rent', category: 'Housing' },
    { amount: '2.90', title: 'City Tram', category: 'Transport' },
    { kind: 'income' as const, amount: '3125.00', title: 'Salary Fjordwerk' },
  ];
  for (const entry of entries) await addEntry(page, entry);
  await importFile(page, householdFile);
  const budgets = { Groceries: '300', Dining: '70', Housing: '950', Transport: '60' };
  for (const [category, amount] of Object.entries(budgets)) {
    await setBudget(page, category, amount);
    await page
      .getByRole('listitem')
      .filter({ hasText: category })
      .getByText(/ (left|over)$/)
      .waitFor();
  }
};

const shootEmpty = async (device: Device, shoot: Shoot): Promise<void> => {
  await opened(device);
  await shoot('first-run');
  await show(device, '/account?do=create');
  await shoot('account-create');
  await show(device, '/sync');
  await shoot('sync-local');
};

const shootFull = async (device: Device, shoot: Shoot): Promise<void> => {
  const { page } = device;
  for (const [name, path] of Object.entries({
    home: '/',
    entries: '/entries',
    budgets: '/budgets',
    advisor: '/advisor',
    sync: '/sync',
    account: '/account',
    import: '/import',
    more: '/more',
    add: '/add',
  })) {
    await show(device, path);
    await shoot(name);
  }
  await show(device, '/advisor');
  await page.getByRole('link', { name: /^Why/ }).first().click();
  await page.getByRole('dialog').getByText('How it adds up').waitFor();
  await shoot('advisor-why');
  await show(device, '/add');
  await page.getByRole('dialog').getByLabel('Amount', { exact: true }).fill('1,499');
  await page.getByRole('dialog').getByLabel('Description', { exact: true }).fill('Harbour Cafe');
  await page.getByRole('dialog').getByRole('button', { name: /^Save/ }).click();
  await shoot('add-refused');
  await page.getByRole('dialog').getByLabel('Amount', { exact: true }).fill('14,99');
  await shoot('add-typed');
  await show(device, '/import');
  await chooseFile(page, householdFile);
  await shoot('import-preview');
};

const show = async (device: Device, path: string): Promise<void> => {
  await device.goto(path);
  await opened(device);
  if (path === '/add') await device.page.getByRole('dialog').waitFor();
  await device.page.evaluate(() => document.fonts.ready);
  await device.page.waitForLoadState('networkidle');
};

/** Until no screen is being fetched or read any more. */
const opened = (device: Device): Promise<void> => device.page.locator('main:not([aria-busy])').waitFor();

const holdsTheBook = (device: Device): Promise<unknown> =>
  eventually('the device has the account\u2019s entries', async () =>
    (await accountLedger(device)).entries.length > 200 ? true : undefined,
  );
