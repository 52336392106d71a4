import { deepEqual, equal, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Story } from '../harness/story.ts';
import { openSignIn, trySignIn } from '../screens/account.ts';
import { fillSheet, openAdd, pressSave, save } from '../screens/entry-sheet.ts';
import { previewFile } from '../screens/import.ts';
import { localLedger } from '../screens/sync.ts';
import { mara } from './people.ts';

export const badInput: Story = {
  name: 'bad input gets one sentence and stays as typed',
  run: async (world) => {
    const cloud = await world.cloud();
    const device = world.device('A', cloud);
    await device.open();
    const { page } = device;

    world.tell('    amounts, dates and long descriptions');
    const sheet = await openAdd(page);
    await refusedAmount(sheet, 'twelve', /is no amount\. Use figures, such as 12\.40/);
    await refusedAmount(
      sheet,
      '1,499',
      /can be read in two ways\. For the thousand write 1499; for decimals write 1,49/,
    );
    await refusedAmount(sheet, '12.345', /./);
    await fillSheet(sheet, { amount: '14,99' });
    await refusedDate(page, sheet);
    await refusedDescription(sheet);
    deepEqual((await localLedger(device)).entries, []);
    await fillSheet(sheet, { title: 'Lamp' });
    await save(page);
    deepEqual(Object.values((await localLedger(device)).totals), [{ sumMinor: 1499, count: 1 }]);

    world.tell('    files that are no statement');
    const png = join(world.dir, 'holiday.png');
    writeFileSync(png, Buffer.from(onePixelPng, 'base64'));
    const picture = await previewFile(page, png);
    equal(picture.type, 'refused');
    match(picture.type === 'refused' ? picture.sentence : '', /picture|image/i);
    const empty = join(world.dir, 'empty.csv');
    writeFileSync(empty, '');
    const nothing = await previewFile(page, empty);
    match(nothing.type === 'refused' ? nothing.sentence : '', /empty/);

    world.tell('    a wrong password');
    const form = await openSignIn(page);
    await trySignIn(form, mara);
    await form.getByRole('alert').getByText('Email and password do not belong together').waitFor();
    equal(await form.getByLabel('Email').inputValue(), mara.email);
    equal(await form.getByLabel('Password').inputValue(), mara.password);
  },
};

const refusedAmount = async (sheet: Locator, typed: string, sentence: RegExp): Promise<void> => {
  await fillSheet(sheet, { amount: typed });
  await pressSave(sheet);
  await sheet.getByRole('alert').filter({ hasText: sentence }).waitFor();
  equal(await sheet.getByRole('alert').count(), 1);
  equal(await sheet.getByLabel('Amount', { exact: true }).inputValue(), typed);
};

/** 30 February, in the order of whichever language the browser's own field is in. */
const impossibleDays = ['02302025', '30022025'];

const refusedDate = async (page: Page, sheet: Locator): Promise<void> => {
  const field = sheet.getByLabel('Date', { exact: true });
  const before = await field.inputValue();
  for (const typed of impossibleDays) {
    if ((await field.inputValue()) === '') break;
    await field.fill(before);
    await field.focus();
    await page.keyboard.type(typed);
  }
  equal(await field.inputValue(), '');
  await pressSave(sheet);
  await sheet.getByRole('alert').filter({ hasText: 'no such day' }).waitFor();
  await field.fill(before);
};

const refusedDescription = async (sheet: Locator): Promise<void> => {
  const typed = 'long '.repeat(2_000).trim().padEnd(10_000, '!');
  await fillSheet(sheet, { title: typed });
  await pressSave(sheet);
  await sheet.getByText('The description has 10,000 characters, the limit is 2,000.').waitFor();
  equal(await sheet.getByLabel('Description', { exact: true }).inputValue(), typed);
};

const onePixelPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
