import type { Locator, Page } from 'playwright-core';
import { goTo } from './navigation.ts';

export const budgetField = (page: Page, category: string): Locator => page.getByLabel(`Budget for ${category}`);

/** Of the month that it is now. */
export const setBudget = async (page: Page, category: string, amount: string): Promise<void> => {
  await goTo(page, 'Budgets');
  const field = budgetField(page, category);
  await field.fill(amount);
  await field.press('Enter');
};
