import type { Page } from 'playwright-core';
import { entryOf } from '../../src/data/entry-of.ts';
import { rowOfText } from '../../src/data/stored-row.ts';
import { toMonthTotals } from '../../src/data/totals.ts';
import { addUp, type BudgetFacts, ledgerFacts, type LedgerFacts, type Totals } from './ledger-facts.ts';

export type DeviceLedger = LedgerFacts & {
  /** What the screens add up from: kept month totals, beside the totals of the entries themselves. */
  readonly keptTotals: Totals;
  /** Packed changes that the server has not confirmed. */
  readonly outboxItems: number;
  /** Open notices. */
  readonly noticeCount: number;
};

/** The account's ledger on this device; that of nobody yet for `local`. Undefined while there is none. */
export const readDeviceLedger = async (page: Page, owner: string): Promise<DeviceLedger | undefined> => {
  const stored = await page.evaluate(readStores, `fintrack-${owner}`);
  if (!stored) return undefined;
  const rows = stored.rows.map(rowOfText);
  const entries = rows.map(entryOf).filter((entry) => entry !== undefined);
  const budgets = rows.flatMap((row) => budgetOf(row));
  return {
    ...ledgerFacts(entries, budgets),
    keptTotals: addUp(stored.totals.flatMap(toMonthTotals)),
    outboxItems: stored.outboxItems,
    noticeCount: stored.noticeCount,
  };
};

/** Accounts that have a ledger on this device. */
export const accountsOnDevice = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name = '' }) => {
      const userId = /^fintrack-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(name)?.[1];
      return userId === undefined ? [] : [userId];
    }),
  );

const budgetOf = (row: ReturnType<typeof rowOfText>): readonly BudgetFacts[] => {
  const of = row.cells['of']?.value as { category: string; month: string; currency: string } | undefined;
  const amount = row.cells['amount']?.value as { minor: number } | undefined;
  if (row.kind !== 'budget' || row.deleted?.value === true || !of || !amount) return [];
  return [{ id: row.id, categoryId: of.category, month: of.month, currency: of.currency, amountMinor: amount.minor }];
};

type Stores = {
  readonly rows: string[];
  readonly totals: Parameters<typeof toMonthTotals>[0][];
  readonly outboxItems: number;
  readonly noticeCount: number;
};

/**
 * Runs in the page, so it may use nothing of this module, nor name a function: the loader would mark the name with a
 * helper that the page lacks. Makes no database: asking for one by its name would.
 */
const readStores = async (name: string): Promise<Stores | undefined> => {
  const known = await indexedDB.databases();
  if (!known.some((database) => database.name === name)) return undefined;
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    if (!database.objectStoreNames.contains('rows')) return undefined;
    const stores = database.transaction(['rows', 'totals', 'outbox', 'journal']);
    const asked = [
      stores.objectStore('rows').getAll(),
      stores.objectStore('totals').getAll(),
      stores.objectStore('outbox').count(),
      stores.objectStore('journal').index('isOpen').count(),
    ] as const;
    await new Promise<void>((resolve, reject) => {
      stores.oncomplete = () => resolve();
      stores.onabort = () => reject(stores.error);
    });
    const [rows, totals, outboxItems, noticeCount] = asked;
    return {
      rows: (rows.result as { row: string }[]).map(({ row }) => row),
      totals: totals.result,
      outboxItems: outboxItems.result,
      noticeCount: noticeCount.result,
    };
  } finally {
    database.close();
  }
};
