import { isCalendarDate, isCalendarMonth } from '../protocol/calendar-date.ts';
import { hashText, xorHex } from '../protocol/hash.ts';
import { isJsonObject } from '../protocol/json.ts';
import { emptyDigest, isLive, type Row } from '../row.ts';

/** Whether the index of a table by person lists the row: it is live, and has that without which it says nothing. */
export const isListed = (row: Row): boolean => {
  if (!isLive(row)) return false;
  const { date, of, insight } = row.cells;
  if (row.kind === 'expense' || row.kind === 'income') return isText(date?.value, isCalendarDate);
  if (row.kind === 'dismissal') return typeof insight?.value === 'string';
  const isOfMonth = row.kind === 'budget' || row.kind === 'forecast';
  return isOfMonth && isJsonObject(of?.value) && isText(of.value['month'], isCalendarMonth);
};

const isText = (value: unknown, is: (text: string) => boolean): boolean => typeof value === 'string' && is(value);

/** Stands for one version of a row: within one log, kind, id and position name its content. */
export const indexMark = ({ kind, id, seq }: Pick<Row, 'kind' | 'id' | 'seq'>): string =>
  hashText(`${kind}|${id}|${seq}`);

/** [M1] The exclusive or over the marks of the listed rows among these, 32 hex digits. */
export const listedDigest = (rows: Iterable<Row>): string => {
  let digest = emptyDigest;
  for (const row of rows) digest = withListed(digest, row);
  return digest;
};

/** Puts a row into a digest, or takes it out again; a row that no index lists changes nothing. */
export const withListed = (digest: string, row: Row | undefined): string =>
  row && isListed(row) ? xorHex(digest, indexMark(row)) : digest;
