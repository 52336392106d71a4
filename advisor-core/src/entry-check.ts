import { isCalendarDate } from '@fintrack/sync-core/protocol/calendar-date';
import { amountMinorMax, isCurrency } from '@fintrack/sync-core/protocol/money';
import type { Entry } from './ledger.ts';

/**
 * Why an entry takes part in no analysis. It is named in the advice, so that nothing is left out in silence. `id`: it has
 * none, or another entry that differs from it has the same.
 */
export type EntryProblem = 'id' | 'kind' | 'date' | 'amount' | 'currency' | 'title' | 'category';

/**
 * The first thing about an entry that cannot be counted with; nothing for one that can. What is given out as an entry may
 * be anything.
 */
export const problemOf = (entry: Entry | null | undefined): EntryProblem | undefined => {
  if (typeof entry !== 'object' || entry === null) return 'id';
  if (typeof entry.id !== 'string' || entry.id === '') return 'id';
  if (entry.kind !== 'expense' && entry.kind !== 'income') return 'kind';
  if (typeof entry.date !== 'string' || !isCalendarDate(entry.date)) return 'date';
  if (!Number.isSafeInteger(entry.amountMinor) || Math.abs(entry.amountMinor) > amountMinorMax) return 'amount';
  if (typeof entry.currency !== 'string' || !isCurrency(entry.currency)) return 'currency';
  if (typeof entry.title !== 'string') return 'title';
  const { categoryId } = entry;
  return categoryId === null || (typeof categoryId === 'string' && categoryId !== '') ? undefined : 'category';
};

/** The id by which an entry can be named; empty for one without. */
export const nameOf = (entry: Entry | null | undefined): string => {
  const id: unknown = entry?.id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
};
