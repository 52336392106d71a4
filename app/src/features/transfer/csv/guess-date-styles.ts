import { dateToDayNumber } from '@fintrack/sync-core/protocol';
import type { DateStyle } from './mapping.ts';
import { type DateCell, dateOfCell, type DateOrder, readDateCell } from './read-date.ts';

type OpenCell = Extract<DateCell, { order: 'open' }>;
type Place = { readonly cell: OpenCell; readonly text: string };

/** Rows in order of time jump less: an order must be this much calmer than the next to be believed. */
const calmerBy = 0.67;

/**
 * Decides day and month first for each way of writing dates in a column, over all its cells: by days that exist (a 13
 * is no month), else by the order of rows, else as the file's other ways, else by the person's locale.
 */
export const guessDateStyles = (cells: readonly string[], localeOrder: DateOrder): readonly DateStyle[] => {
  const read = cells.map((text) => ({ text, cell: readDateCell(text) }));
  const byStyle = new Map<string, Place[]>();
  for (const { text, cell } of read) {
    if (cell?.order !== 'open') continue;
    const places = byStyle.get(cell.style) ?? [];
    places.push({ cell, text });
    byStyle.set(cell.style, places);
  }
  const styles = [...byStyle];
  const byValues = new Map(styles.map(([style, places]) => [style, orderByValues(places)]));
  const decided = [...new Set([...byValues.values()].filter((order) => order !== undefined))];
  const others = decided.length === 1 ? decided[0] : undefined;
  return styles.map(([style, places]) => {
    const [order, reason] = firstKnown([
      [byValues.get(style), 'values'],
      [orderByRows(places), 'rowOrder'],
      [others, 'otherStyles'],
      [localeOrder === 'ymd' ? 'dmy' : localeOrder, 'locale'],
    ]);
    return { style, example: places[0]?.text ?? '', count: places.length, ...invalidIn(places, order), order, reason };
  });
};

/** The styles with one read in the order that a person chose. */
export const withDateOrder = (styles: readonly DateStyle[], style: string, order: DateOrder): readonly DateStyle[] =>
  styles.map((known) => (known.style === style ? { ...known, order, reason: 'chosen' } : known));

const firstKnown = (
  found: readonly (readonly [DateOrder | undefined, DateStyle['reason']])[],
): readonly [DateOrder, DateStyle['reason']] => {
  for (const [order, reason] of found) if (order !== undefined) return [order, reason];
  return ['dmy', 'locale'];
};

const countValid = (places: readonly Place[], order: DateOrder): number =>
  places.filter(({ cell }) => dateOfCell(cell, order) !== undefined).length;

const invalidIn = (places: readonly Place[], order: DateOrder): { invalid: number } => ({
  invalid: places.length - countValid(places, order),
});

/** The order in which most cells are days; nothing when day and month first do equally well. */
const orderByValues = (places: readonly Place[]): DateOrder | undefined => {
  const [dmy, mdy, ymd] = (['dmy', 'mdy', 'ymd'] as const).map((order) => countValid(places, order));
  if (ymd !== undefined && ymd > Math.max(dmy ?? 0, mdy ?? 0)) return 'ymd';
  if (dmy === mdy || dmy === undefined || mdy === undefined) return undefined;
  return dmy > mdy ? 'dmy' : 'mdy';
};

/** Statements run in time: the right order makes the smaller jumps from row to row. */
const orderByRows = (places: readonly Place[]): DateOrder | undefined => {
  if (places.length < 3) return undefined;
  const [dmy = 0, mdy = 0] = (['dmy', 'mdy'] as const).map((order) => jumpDays(places, order));
  if (dmy < mdy * calmerBy) return 'dmy';
  return mdy < dmy * calmerBy ? 'mdy' : undefined;
};

const jumpDays = (places: readonly Place[], order: DateOrder): number => {
  const days = places.map(({ cell }) => dateOfCell(cell, order)).filter((date) => date !== undefined);
  return days.reduce((sum, date, index) => {
    const before = days[index - 1];
    return before === undefined ? 0 : sum + Math.abs(dateToDayNumber(date) - dateToDayNumber(before));
  }, 0);
};
