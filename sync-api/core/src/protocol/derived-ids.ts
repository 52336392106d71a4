import type { CalendarDate, CalendarMonth } from './calendar-date.ts';
import { uuidV5 } from './hash.ts';
import type { RecordId } from './ids.ts';

/** FinTrack's own namespace for derived ids, itself a version 5 UUID of the DNS name fintrack.ai. */
const namespace = uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'fintrack.ai');

/** [F7] Two devices that budget the same category for the same month make one row. */
export const budgetId = (categoryId: RecordId, month: CalendarMonth, currency: string): RecordId =>
  uuidV5(namespace, `budget ${categoryId} ${month} ${currency}`);

/** [F7] Two devices that forecast the same month make one row; null is the forecast of all categories together. */
export const forecastId = (month: CalendarMonth, currency: string, categoryId: RecordId | null): RecordId =>
  uuidV5(namespace, `forecast ${categoryId ?? 'total'} ${month} ${currency}`);

/** [F7] Two devices that generate the same occurrence of a recurring entry make one row. */
export const occurrenceId = (templateId: RecordId, date: CalendarDate): RecordId =>
  uuidV5(namespace, `occurrence ${templateId} ${date}`);

/** [F7] The categories every ledger starts with. */
export const builtInCategoryId = (slug: string): RecordId => uuidV5(namespace, `category ${slug}`);

export const settingId = (name: string): RecordId => uuidV5(namespace, `setting ${name}`);

/**
 * [F7] The dismissal of a journal record, named by `journalId`, or of an insight, named by its key: two people who deal
 * with the same notice, each on a device of their own, make one row.
 */
export const dismissalId = (of: string): RecordId => uuidV5(namespace, `dismissal ${of}`);

/** [F7] The second entry that is made of a value that lost, when both are kept: on two devices at once, one entry. */
export const keptBothId = (journalId: string): RecordId => uuidV5(namespace, `kept both ${journalId}`);
