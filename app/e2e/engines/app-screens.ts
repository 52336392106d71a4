import { eventually } from '../harness/eventually.ts';
import type { Person } from '../screens/account.ts';
import type { EngineTab } from './engine.ts';

/** The app as a person uses it, where no library finds its buttons. */
export const visible = (selector: string, text: string): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].find((each) => each.getClientRects().length > 0 && each.textContent.trim().startsWith(${JSON.stringify(text)}))`;

const labelled = (label: string, within = 'document'): string =>
  `[...${within}.querySelectorAll('label')].find((each) => each.textContent.trim() === ${JSON.stringify(label)})?.control`;

const inSheet = "document.querySelector('dialog[open], [role=dialog]')";

export const click = (tab: EngineTab, expression: string): Promise<boolean> =>
  eventually(`a press of ${expression}`, async () => {
    await tab.click(expression);
    return true;
  });

export const fill = (tab: EngineTab, expression: string, text: string): Promise<boolean> =>
  eventually(`typing into ${expression}`, async () => {
    await tab.fill(expression, text);
    return true;
  });

/** Until the page says so. */
export const says = (tab: EngineTab, text: string): Promise<boolean> =>
  eventually(`the page says "${text}"`, async () =>
    (await tab.read<boolean>(`document.body.innerText.includes(${JSON.stringify(text)})`)) ? true : undefined,
  );

/** Right after a sign-in the page may still be on its way elsewhere, and take the first press with it. */
const openSheet = async (tab: EngineTab, presses: number): Promise<void> => {
  await click(tab, visible('a', 'Add'));
  const isOpen = async () => ((await tab.read<boolean>(`!!${inSheet}`)) ? true : undefined);
  if (presses === 1) return void (await eventually('the sheet is open', isOpen));
  const opened = await eventually('the sheet is open', isOpen, { withinMs: 10_000 }).catch(() => false);
  if (!opened) await openSheet(tab, presses - 1);
};

const typeEntry = async (tab: EngineTab, amount: string, title: string): Promise<void> => {
  await openSheet(tab, 2);
  await fill(tab, labelled('Amount'), amount);
  await fill(tab, labelled('Description'), title);
};

const pressSave = (tab: EngineTab): Promise<boolean> => click(tab, `${inSheet}?.querySelector('button[type=submit]')`);

/** Resolves once the app says that it is saved. */
export const addEntry = async (tab: EngineTab, amount: string, title: string): Promise<void> => {
  await typeEntry(tab, amount, title);
  await pressSave(tab);
  await says(tab, 'on this device');
  await eventually('the sheet is closed', async () => ((await tab.read<boolean>(`!${inSheet}`)) ? true : undefined));
};

/** Until the list of entries, which is on the screen, has these. */
export const lists = (tab: EngineTab, titles: readonly string[]): Promise<boolean> =>
  eventually(`the list shows ${titles.join(', ')}`, async () => {
    const shown = await tab.read<string>(
      `[...document.querySelectorAll('main a[href^="/entry/"]')].map((each) => each.innerText).join('\\n')`,
    );
    return titles.every((title) => shown.includes(title)) ? true : undefined;
  });

export const installed = (tab: EngineTab): Promise<boolean> =>
  eventually('the service worker serves the page', async () =>
    (await tab.read<boolean>('navigator.serviceWorker.controller?.state === "activated"')) ? true : undefined,
  );

export const signIn = async (tab: EngineTab, { email, password }: Person): Promise<void> => {
  await click(tab, visible('a', 'Account'));
  await click(tab, visible('main a', 'Sign in'));
  await fill(tab, labelled('Email'), email);
  await fill(tab, labelled('Password'), password);
  await click(tab, visible('form button', 'Sign in'));
  await says(tab, 'Signed in as');
};
