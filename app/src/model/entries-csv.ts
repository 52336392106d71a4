import { minorToDecimal } from '@fintrack/sync-core/protocol';
import type { Entry } from './ledger.ts';

/** Headings that the import of this app and most spreadsheets understand. */
export const entriesCsvHead = 'Date,Type,Amount,Currency,Category,Description,Note\r\n';

/** Lines of a CSV file by RFC 4180. The type says which way money went, so that a refund is an expense below zero. */
export const entriesCsvLines = (
  entries: readonly Omit<Entry, 'isPending'>[],
  categoryName: (id: string) => string,
): string =>
  entries
    .map(({ date, kind, amountMinor, currency, categoryId, title, note }) =>
      [
        date,
        kind === 'income' ? 'Income' : 'Expense',
        minorToDecimal(amountMinor, currency),
        currency,
        categoryId === null ? '' : categoryName(categoryId),
        title,
        note,
      ]
        .map(cell)
        .join(',')
        .concat('\r\n'),
    )
    .join('');

const cell = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
