import type { Locator, Page } from 'playwright-core';
import { goTo } from './navigation.ts';

export type TypedEntry = {
  readonly kind?: 'expense' | 'income';
  readonly amount?: string;
  readonly title?: string;
  /** A category by its name. */
  readonly category?: string;
  /** `YYYY-MM-DD`. */
  readonly date?: string;
  readonly note?: string;
};

export const openAdd = async (page: Page): Promise<Locator> => {
  await page.getByRole('link', { name: 'Add', exact: true }).click();
  const sheet = sheetOf(page);
  await sheet.waitFor();
  return sheet;
};

export const sheetOf = (page: Page): Locator => page.getByRole('dialog');

/** Types what is given and leaves the rest as it is. */
export const fillSheet = async (sheet: Locator, entry: TypedEntry): Promise<void> => {
  const { kind, amount, title, category, date, note } = entry;
  if (kind) await sheet.getByRole('button', { name: kind === 'income' ? 'Income' : 'Expense', exact: true }).click();
  if (amount !== undefined) await sheet.getByLabel('Amount', { exact: true }).fill(amount);
  if (title !== undefined) await sheet.getByLabel('Description', { exact: true }).fill(title);
  if (category !== undefined) await chooseCategory(sheet, category);
  if (date !== undefined) await sheet.getByLabel('Date', { exact: true }).fill(date);
  if (note !== undefined) await sheet.getByLabel('Note', { exact: true }).fill(note);
};

const chooseCategory = async (sheet: Locator, name: string): Promise<void> => {
  const group = sheet.getByRole('group', { name: 'Category' });
  await group.getByRole('button', { name: 'All', exact: true }).click();
  const chip = group.getByRole('button', { name, exact: true });
  if ((await chip.getAttribute('aria-pressed')) !== 'true') await chip.click();
};

export const pressSave = (sheet: Locator): Promise<void> => sheet.getByRole('button', { name: /^Save/ }).click();

/** What the app says once an entry is stored. */
export const savedWords = /^Saved .+ on this device$/;

/** Resolves when the app says that it is saved. */
export const save = async (page: Page): Promise<void> => {
  const sheet = sheetOf(page);
  await pressSave(sheet);
  await page.getByText(savedWords).waitFor();
  await sheet.waitFor({ state: 'detached' });
};

export const addEntry = async (page: Page, entry: TypedEntry): Promise<void> => {
  await fillSheet(await openAdd(page), entry);
  await save(page);
};

/** Opens the entry of that description from the list of entries. */
export const openEntry = async (page: Page, title: string): Promise<Locator> => {
  await goTo(page, 'Entries');
  await entryInList(page, title).click();
  const sheet = sheetOf(page);
  await sheet.waitFor();
  return sheet;
};

export const entryInList = (page: Page, title: string): Locator =>
  page.getByRole('main').locator('a[href^="/entry/"]').filter({ hasText: title });

export const editEntry = async (page: Page, title: string, entry: TypedEntry): Promise<void> => {
  await fillSheet(await openEntry(page, title), entry);
  await save(page);
};

export const deleteEntry = async (page: Page, title: string): Promise<void> => {
  const sheet = await openEntry(page, title);
  await sheet.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText(/^Deleted .+\.$/).waitFor();
  await sheet.waitFor({ state: 'detached' });
};

/** Writes an entry down as fast as a keyboard allows. */
export const typeEntry = async (page: Page, amount: string, title: string): Promise<void> => {
  await page.keyboard.press('n');
  const sheet = sheetOf(page);
  await sheet.getByLabel('Amount', { exact: true }).fill(amount);
  await sheet.getByLabel('Description', { exact: true }).fill(title);
  await page.keyboard.press('Enter');
  await sheet.waitFor({ state: 'detached' });
};
