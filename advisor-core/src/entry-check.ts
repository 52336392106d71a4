import { isCalendarDate } from '@fintrack/sync-core/protocol/calendar-date';
import { amountMinorMax, isCurrency } from '@fintrack/sync-core/protocol/money';
import type { Entry } from './ledger.ts';

/** Why an entry takes part in no analysis. It is named in the advice, so that nothing is left out in silence. */
export type EntryProblem = 'id' | 'kind' | 'date' | 'amount' | 'currency' | 'title' | 'category';

/** The first thing about an entry that cannot be counted with; nothing for one that can. */
export const problemOf = (entry: Entry): EntryProblem | undefined => {
  if (typeof entry.id !== 'string' || entry.id === '') return 'id';
  if (entry.kind !== 'expense' && entry.kind !== 'income') return 'kind';
  if (typeof entry.date !== 'string' || !isCalendarDate(entry.date)) return 'date';
  if (!Number.isSafeInteger(entry.amountMinor) || Math.abs(entry.amountMinor) > amountMinorMax) return 'amount';
  if (typeof entry.currency !== 'string' || !isCurrency(entry.currency)) return 'currency';
  if (typeof entry.title !== 'string') return 'title';
  return entry.categoryId === null || typeof entry.categoryId === 'string' ? undefined : 'category';
};
