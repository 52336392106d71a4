import type { Locator, Page } from 'playwright-core';
import { goTo } from './navigation.ts';

/** A card of the advice page by a part of its claim. */
export const card = (page: Page, claim: string | RegExp): Locator =>
  page
    .getByRole('main')
    .getByRole('article')
    .filter({ has: page.getByRole('heading', { name: claim }) });

export const openAdvice = (page: Page): Promise<void> => goTo(page, 'Advice');

/** Opens the drawer of a card. */
export const openWhy = async (page: Page, claim: string | RegExp): Promise<Locator> => {
  await card(page, claim).getByRole('link', { name: /^Why/ }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('heading', { name: claim }).waitFor();
  return drawer;
};
