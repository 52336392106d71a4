import { type AmountTextError, fail, isCurrency, ok, parseAmountText, type Result } from '@fintrack/sync-core/protocol';
import { looksLikeDate } from './read-date.ts';

export type DecimalMark = '.' | ',';

/** `currencies`: what the symbol or code in the cell can mean, likeliest first; empty when there is none. */
export type AmountCell = {
  readonly text: string;
  readonly currencies: readonly string[];
  readonly side?: 'debit' | 'credit';
};

const dollars = ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN', 'ARS', 'CLP', 'COP', 'TWD'];
const symbols: ReadonlyMap<string, readonly string[]> = new Map([
  ['$', dollars],
  ['us$', ['USD']],
  ['c$', ['CAD']],
  ['ca$', ['CAD']],
  ['a$', ['AUD']],
  ['au$', ['AUD']],
  ['nz$', ['NZD']],
  ['hk$', ['HKD']],
  ['s$', ['SGD']],
  ['r$', ['BRL']],
  ['mx$', ['MXN']],
  ['€', ['EUR']],
  ['£', ['GBP', 'EGP', 'LBP', 'SYP', 'GIP', 'FKP']],
  ['¥', ['JPY', 'CNY']],
  ['₹', ['INR']],
  ['rs', ['INR', 'PKR', 'LKR', 'NPR', 'MUR']],
  ['rs.', ['INR', 'PKR', 'LKR', 'NPR', 'MUR']],
  ['fr.', ['CHF']],
  ['sfr', ['CHF']],
  ['kr', ['SEK', 'NOK', 'DKK', 'ISK']],
  ['kr.', ['DKK', 'SEK', 'NOK', 'ISK']],
  ['zł', ['PLN']],
  ['kč', ['CZK']],
  ['ft', ['HUF']],
  ['lei', ['RON', 'MDL']],
  ['₽', ['RUB']],
  ['₩', ['KRW', 'KPW']],
  ['₺', ['TRY']],
  ['₴', ['UAH']],
  ['₪', ['ILS']],
  ['฿', ['THB']],
  ['₫', ['VND']],
  ['₱', ['PHP']],
  ['₦', ['NGN']],
  ['rm', ['MYR']],
  ['rp', ['IDR']],
  ['r', ['ZAR']],
]);

const sidePattern = /[\s\d.)](CR|DR|C|D|S|H)\.?$/i;
const sides: Readonly<Record<string, 'debit' | 'credit'>> = {
  cr: 'credit',
  c: 'credit',
  h: 'credit',
  dr: 'debit',
  d: 'debit',
  s: 'debit',
};
const leading = /^([(+\-\u2212\u2013\s]*)([^\d\s()+\-\u2212\u2013,.]+\.?)\s*(?=[\d(+\-\u2212\u2013.,])/u;
const trailing = /(?<=[\d).,\s-])\s*([^\d\s()+\-\u2212\u2013,.]+\.?)([)\-\s]*)$/u;

/** The largest amount with grouping, sign and code is half as long; more is text, and not worth taking apart. */
const cellLengthMax = 64;

/** Takes a cell apart: the number, its currency sign or code, and a trailing CR or DR (S or H in German). */
export const splitAmountCell = (cell: string): AmountCell => {
  if (cell.length > cellLengthMax) return { text: cell, currencies: [] };
  let text = cell.trim();
  const mark = sidePattern.exec(text)?.[1];
  const side = mark === undefined ? undefined : sides[mark.toLowerCase()];
  if (mark !== undefined) text = text.replace(/\.$/, '').slice(0, -mark.length).trim();
  const before = leading.exec(text);
  const after = before ? null : trailing.exec(text);
  const currencies = currenciesOf(before?.[2] ?? after?.[1] ?? '');
  if (before && currencies.length > 0) text = (before[1] ?? '') + text.slice(before[0].length);
  if (after && currencies.length > 0) text = text.slice(0, after.index) + (after[2] ?? '').trim();
  return { text, currencies, ...(side ? { side } : {}) };
};

/** What a currency code or symbol can mean, likeliest first; empty for anything else. */
export const currenciesOf = (text: string): readonly string[] => {
  const plain = text.trim();
  if (isCurrency(plain.toUpperCase())) return [plain.toUpperCase()];
  return symbols.get(plain.toLowerCase()) ?? [];
};

/** One of the candidates: the person's own where it is among them, else the likeliest. */
export const chooseCurrency = (candidates: readonly string[], home: string): string | undefined =>
  candidates.includes(home) ? home : candidates[0];

/** More digits without a mark are a reference number. */
const plainDigitsMax = 10;

/** True for a cell that is a number of money and nothing else; a date or a reference number is none. */
export const looksLikeAmount = (cell: string): boolean => {
  if (cell.length > 32 || !/\d/.test(cell)) return false;
  const text = splitAmountCell(cell).text.replace(/[\s'\u2019\u00a0\u202f\u2009]/g, '');
  if (!/^\(?[+\-\u2212\u2013]?[\d.,]*\d[.,]?\)?[-\u2212]?$/.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  const isReference = !/[.,]/.test(text) && (digits.length > plainDigitsMax || /^0\d/.test(digits));
  return !isReference && digits.length <= 16 && !looksLikeDate(cell);
};

export type AmountReading = { readonly minor: number; readonly currency: string; readonly side?: 'debit' | 'credit' };

/** Reads a money cell. A currency in the cell goes before the given one. */
export const readAmount = (
  cell: string,
  options: { readonly currency: string; readonly home: string; readonly decimalMark: DecimalMark | undefined },
): Result<AmountReading, AmountTextError> => {
  const { text, currencies, side } = splitAmountCell(cell);
  const currency = currencies.includes(options.currency)
    ? options.currency
    : (chooseCurrency(currencies, options.home) ?? options.currency);
  const minor = parseAmountText(text, {
    currency,
    ...(options.decimalMark ? { decimalMark: options.decimalMark } : {}),
  });
  if (!minor.ok) return fail('text' in minor.error ? { ...minor.error, text: cell } : minor.error);
  return ok({ minor: minor.value, currency, ...(side ? { side } : {}) });
};
