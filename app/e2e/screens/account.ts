import type { Locator, Page } from 'playwright-core';
import type { TestCloud } from '../harness/test-cloud.ts';
import { goTo } from './navigation.ts';

export type Person = { readonly name: string; readonly email: string; readonly password: string };

/** Account forms stand beside the profile's, which has a name as well. */
const formWith = (page: Page, button: string): Locator =>
  page.locator('form').filter({ has: page.getByRole('button', { name: button, exact: true }) });

export const openSignIn = async (page: Page): Promise<Locator> => {
  await goTo(page, 'Account');
  await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
  const form = signInForm(page);
  await form.waitFor();
  return form;
};

export const signInForm = (page: Page): Locator => formWith(page, 'Sign in');

/** Types email and password and presses the button; what comes of it is the caller's to see. */
export const trySignIn = async (form: Locator, { email, password }: Person): Promise<void> => {
  await form.getByLabel('Email').fill(email);
  await form.getByLabel('Password').fill(password);
  await form.getByRole('button', { name: 'Sign in', exact: true }).click();
};

export const signIn = async (page: Page, person: Person): Promise<void> => {
  await trySignIn(await openSignIn(page), person);
  await signedIn(page, person);
};

/** Creates the account, writes the mailed code, and is signed in. */
export const signUp = async (page: Page, cloud: TestCloud, person: Person): Promise<void> => {
  await goTo(page, 'Account');
  await page.getByRole('main').getByRole('link', { name: 'Create account', exact: true }).click();
  const form = formWith(page, 'Create account');
  await form.getByLabel('Name').fill(person.name);
  await form.getByLabel('Email').fill(person.email);
  await form.getByLabel('Password').fill(person.password);
  await form.getByRole('button', { name: 'Create account', exact: true }).click();
  const confirm = formWith(page, 'Confirm');
  await confirm.getByLabel('Code').fill(await cloud.mailedCode(person.email));
  await confirm.getByRole('button', { name: 'Confirm', exact: true }).click();
  await signedIn(page, person);
};

/** Until the account screen says who is signed in. */
export const signedIn = async (page: Page, { email }: Person): Promise<void> => {
  await page.getByRole('main').getByText('Signed in as').waitFor();
  await page.getByRole('main').getByText(email, { exact: true }).waitFor();
};
