import { type CalendarDate, dateToDayNumber } from '@fintrack/sync-core/protocol/calendar-date';
import type { Posting } from '../posting.ts';

export type PostingFields = Partial<Pick<Posting, 'title' | 'merchant' | 'categoryId'>>;

/** One posting for each date, with the amount at its place, or with the last one where there are fewer amounts. */
export const postingsOn = (
  dates: readonly CalendarDate[],
  amountsMinor: number | readonly number[],
  fields: PostingFields = {},
): readonly Posting[] =>
  dates.map((date, at) => {
    const amounts = typeof amountsMinor === 'number' ? [amountsMinor] : amountsMinor;
    const { title = 'Shop', merchant = 'shop', categoryId = null } = fields;
    const amountMinor = amounts[Math.min(at, amounts.length - 1)] ?? 0;
    return { id: `${title}/${date}/${at}`, day: dateToDayNumber(date), amountMinor, title, merchant, categoryId };
  });
