import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { Device } from '../harness/device.ts';
import type { Totals } from '../harness/ledger-facts.ts';
import type { Story } from '../harness/story.ts';
import { setBudget } from '../screens/budgets.ts';
import { addEntry, entryInList, fillSheet, save, sheetOf } from '../screens/entry-sheet.ts';
import { importPreviewed, previewFile } from '../screens/import.ts';
import { goTo } from '../screens/navigation.ts';
import { localLedger } from '../screens/sync.ts';
import { intoTheAccount } from './into-the-account.ts';
import { mara } from './people.ts';

const householdFile = fileURLToPath(new URL('../fixtures/household.csv', import.meta.url));

export const offlineFirst: Story = {
  name: 'offline first, then an account, then a second device',
  run: async (world) => {
    const cloud = await world.cloud();
    const a = world.device('A', cloud);
    await a.open();
    await installed(a.page);

    world.tell('    A goes offline and starts at a deep link');
    await a.goOffline();
    await a.goto('/add');
    await sheetOf(a.page).waitFor();
    await typeEntries(a);
    await importHousehold(a.page);
    await setBudget(a.page, 'Dining', '180.00');
    await a.page.getByRole('listitem').filter({ hasText: 'Dining' }).getByText('150.30 left').waitFor();

    const before = await localLedger(a);
    const { rowCount, netMinor } = household();
    equal(before.entries.length, rowCount + 4);
    equal(before.budgets.length, 1);
    deepEqual(before.keptTotals, before.totals);
    equal(netOf(before.totals), netMinor + typedNetMinor);

    world.tell('    A signs up and backs up; B signs in');
    const b = world.device('B', cloud);
    const { onA, onB, inTables, indexedRowsOfEveryone } = await intoTheAccount({ cloud, a, b, person: mara });
    deepEqual(onA.entries, before.entries);
    deepEqual(onA.budgets, before.budgets);
    deepEqual(onA.keptTotals, before.totals);
    deepEqual(onB.entries, before.entries);
    deepEqual(onB.budgets, before.budgets);
    deepEqual(onB.keptTotals, before.totals);
    deepEqual(inTables, { entries: before.entries, budgets: before.budgets, totals: before.totals });
    equal(indexedRowsOfEveryone, before.entries.length + before.budgets.length);

    await goTo(b.page, 'Entries');
    await entryInList(b.page, 'Lunch with Jo').waitFor();
    await receiptCounts(b.page, before.entries.length);
    const { user } = await cloud.tables(mara.email);
    equal(user['name'], mara.name);
    ok(Object.keys(before.totals).some((name) => name.startsWith(String(user['currency']))));
    notEqual(user['created_at'], undefined);
  },
};

/** Until the service worker has everything, and serves this page. */
const installed = async (page: Page): Promise<void> => {
  await page.waitForFunction(async () => {
    await navigator.serviceWorker.ready;
    return navigator.serviceWorker.controller !== null;
  });
};

/** 2,800.00 in; 29.70, 4.35 and 12.00 out. */
const typedNetMinor = 280_000 - 2_970 - 435 - 1_200;

const typeEntries = async ({ page }: Device): Promise<void> => {
  await fillSheet(sheetOf(page), { amount: '29.70', title: 'Lunch with Jo', category: 'Dining', note: 'her birthday' });
  await save(page);
  await addEntry(page, { amount: '4,35', title: 'Bread' });
  await addEntry(page, { amount: '12', title: 'Tram card', category: 'Transport' });
  await addEntry(page, { kind: 'income', amount: '2800.00', title: 'Salary' });
};

const importHousehold = async (page: Page): Promise<void> => {
  const { rowCount } = household();
  const preview = await previewFile(page, householdFile);
  deepEqual(preview, { type: 'read', rows: rowCount, willImport: rowCount, refused: 0 });
  equal(await importPreviewed(page, preview), rowCount);
};

/** What the fixture says, read in the plainest way there is: the amount is what follows the last comma. */
const household = (): { rowCount: number; netMinor: number } => {
  const [, ...lines] = readFileSync(householdFile, 'utf8').trim().split(/\r?\n/);
  const amounts = lines.map((line) => Number(line.slice(line.lastIndexOf(',') + 1).replace('.', '')));
  return { rowCount: lines.length, netMinor: amounts.reduce((sum, minor) => sum + minor, 0) };
};

const netOf = (totals: Totals): number =>
  Object.entries(totals).reduce(
    (net, [name, { sumMinor }]) => net + (name.endsWith('income') ? sumMinor : -sumMinor),
    0,
  );

const receiptCounts = async (page: Page, count: number): Promise<void> => {
  await goTo(page, 'Sync');
  const receipt = page.getByRole('region', { name: 'Receipt' });
  await receipt.getByText(count.toLocaleString('en-GB'), { exact: true }).waitFor();
  await receipt.getByText('same on both sides').waitFor();
  await receipt.getByText('same as the server').waitFor();
};
