import type { Page } from 'playwright-core';
import { goTo } from './navigation.ts';

/** What the preview says of a file, in rows; `sentence` where the whole file is refused. */
export type Preview =
  | { readonly type: 'read'; readonly rows: number; readonly willImport: number; readonly refused: number }
  | { readonly type: 'refused'; readonly sentence: string };

/** Large files take a phone's patience to read. */
const readMsMax = 120_000;

/** Goes to the import screen, chooses a file and waits for its preview. Nothing is kept yet. */
export const previewFile = async (page: Page, path: string): Promise<Preview> => {
  await goTo(page, 'Import');
  return chooseFile(page, path);
};

/** The same where the import screen is open already. */
export const chooseFile = async (page: Page, path: string): Promise<Preview> => {
  const choose = page.getByRole('button', { name: 'Choose a file', exact: true });
  const chooseAnother = page.getByRole('button', { name: 'Choose another file', exact: true });
  await choose.or(chooseAnother).waitFor();
  // A file that is shown already has first to be put away.
  if (await chooseAnother.isVisible()) await chooseAnother.click();
  const choosing = page.waitForEvent('filechooser');
  await choose.click();
  await (await choosing).setFiles(path);
  const tabs = page.getByRole('group', { name: 'Rows' });
  const refusal = page.getByRole('main').getByRole('alert');
  await tabs.or(refusal).first().waitFor({ timeout: readMsMax });
  if (await refusal.isVisible()) return { type: 'refused', sentence: await refusal.innerText() };
  const count = async (name: RegExp) => countIn(await tabs.getByRole('button', { name }).innerText());
  return {
    type: 'read',
    rows: await count(/^All /),
    willImport: countIn(await importButton(page).innerText()),
    refused: await count(/^Can.t be read /),
  };
};

const importButton = (page: Page) => page.getByRole('button', { name: /^Import [\d,]+ entr/ });

/** Imports the file in the preview; returns how many entries the app says it took. */
export const importPreviewed = async (page: Page, preview: Preview): Promise<number> => {
  if (preview.type === 'refused' || preview.willImport === 0) return 0;
  await importButton(page).click();
  const done = page.getByRole('heading', { name: /entr(y is|ies are) in your book$/ });
  await done.waitFor({ timeout: readMsMax });
  return countIn(await done.innerText());
};

export const importFile = async (page: Page, path: string): Promise<number> =>
  importPreviewed(page, await previewFile(page, path));

const countIn = (text: string): number => Number(/[\d,]+/.exec(text)?.[0].replaceAll(',', '') ?? Number.NaN);
