import type { Page } from 'playwright-core';

export type Screen = 'Month' | 'Entries' | 'Budgets' | 'Advice' | 'Import' | 'Sync' | 'Account';

/** Goes there as a person does, without loading the page anew; needs the wide layout's bar. */
export const goTo = async (page: Page, screen: Screen): Promise<void> => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen, exact: true }).click();
};
