import { amountMinorMax, isCurrency, minorDigits } from './money.ts';
import { fail, ok, type Result } from './result.ts';

export type AmountTextError =
  | { readonly type: 'empty' }
  | { readonly type: 'notANumber'; readonly text: string }
  /** One mark before three digits, and nothing says which it is: 1,499 may be 1499 or 1.499. */
  | { readonly type: 'ambiguous'; readonly text: string }
  | { readonly type: 'tooManyDecimals'; readonly digitsMax: number }
  /** Beyond `amountMinorMax`. */
  | { readonly type: 'tooLarge' }
  /** The text names another currency; for a symbol, the one it most often stands for. */
  | { readonly type: 'otherCurrency'; readonly code: string };

export type AmountTextOptions = {
  /** ISO 4217; decides how many decimals there may be and which symbols may stand beside the number. */
  readonly currency: string;
  /** The mark this person's locale or this file's column writes before decimals, where that is known. */
  readonly decimalMark?: '.' | ',';
};

/**
 * Reads an amount as people and banks write it, to signed minor units. The one reader of money text.
 *
 * - Either mark may stand before the decimals: `14,99` and `14.99` are 1499 cents in every locale. Zeros beyond the
 *   currency's decimals are dropped, other digits there are an error; nothing is ever rounded.
 * - Groups of three may be parted by point, comma, space or apostrophe, and by comma in the Indian way (12,34,567).
 * - One mark before three digits can be read both ways (`1,499`). It is grouping where the known decimal mark is the
 *   other one or the currency has no decimals; decimals where the currency has three; otherwise it is `ambiguous`,
 *   because a guess would be wrong a thousandfold.
 * - A minus may lead, trail, or be written as brackets. A dash in place of decimals, `12.-`, is no minus.
 * - The currency's symbol or code may stand on either side.
 */
export const parseAmountText = (input: string, options: AmountTextOptions): Result<number, AmountTextError> => {
  const text = normalise(input);
  if (text === '') return fail({ type: 'empty' });
  const parts = text.length <= textLengthMax ? /^([^\d.,]*)([\d., ']*[\d.,])([^\d.,]*)$/.exec(text) : null;
  if (!parts) return fail({ type: 'notANumber', text: input });
  const [, before = '', body = '', after = ''] = parts;

  const surroundings = readSurroundings(before, after, options.currency);
  if (!surroundings.ok)
    return surroundings.error ? fail(surroundings.error) : fail({ type: 'notANumber', text: input });
  const number = readNumber(body, options);
  if (!number.ok) return fail({ type: number.error, text: input });
  return toMinor(number.value, surroundings.value, options.currency);
};

/** Longest text tried; the largest amount with grouping, sign and code has 30 characters. */
const textLengthMax = 64;

/** One kind of space, apostrophe and minus; no marks of writing direction; no dash in place of decimals. */
const normalise = (input: string): string =>
  input
    .replace(/[\u061c\u200e\u200f\u2066-\u2069]/g, '')
    .trim()
    .replace(/[^\S\r\n]+/g, ' ')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u2012-\u2015\u2212]/g, '-')
    .replace(/(\d[.,])--?(?=\D*$)/, '$1');

/** The codes each symbol may stand for; the first is the commonest. */
const symbolCodes: ReadonlyMap<string, readonly string[]> = new Map([
  ['€', ['EUR']],
  [
    '$',
    (
      'USD ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MXN NAD NIO NZD SBD SGD SRD ' +
      'TTD TWD UYU XCD'
    ).split(' '),
  ],
  ['£', 'GBP EGP FKP GIP LBP SDG SHP SSP SYP'.split(' ')],
  ['¥', ['JPY', 'CNY']],
  ['₹', ['INR']],
]);

type Sign = 1 | -1;
const signs: ReadonlyMap<string, Sign> = new Map([
  ['0', 1],
  ['+0', 1],
  ['0+', 1],
  ['-0', -1],
  ['0-', -1],
  ['(0)', -1],
]);

/** The sign, from what stands around the number. Fails with nothing where that is neither sign nor currency. */
const readSurroundings = (
  before: string,
  after: string,
  currency: string,
): Result<Sign, AmountTextError | undefined> => {
  const unit = /[A-Za-z]+|[€$£¥₹]/g;
  for (const [found] of `${before} ${after}`.matchAll(unit)) {
    const codes = symbolCodes.get(found) ?? [found.toUpperCase()];
    const commonest = codes[0] ?? '';
    if (!isCurrency(commonest)) return fail(undefined);
    if (!codes.includes(currency)) return fail({ type: 'otherCurrency', code: commonest });
  }
  const around = `${before.replace(unit, '')}0${after.replace(unit, '')}`.replaceAll(' ', '');
  const sign = signs.get(around);
  return sign === undefined ? fail(undefined) : ok(sign);
};

/** Digits before and after the decimal mark. */
type Digits = { readonly whole: string; readonly decimals: string };

const grouped = /^[1-9]\d{0,2}([., '])\d{3}(?:\1\d{3})*$/;
const groupedIndian = /^[1-9]\d?(?:,\d{2})+,\d{3}$/;

const readNumber = (body: string, options: AmountTextOptions): Result<Digits, 'notANumber' | 'ambiguous'> => {
  const asWhole = ungroup(body);
  const asDecimal = splitDecimals(body);
  if (!asDecimal) return asWhole === undefined ? fail('notANumber') : ok({ whole: asWhole, decimals: '' });
  if (asWhole === undefined) return ok(asDecimal);

  const digits = minorDigits(options.currency);
  const isMarkOfDecimals = options.decimalMark !== undefined && body.includes(options.decimalMark);
  if (options.decimalMark === undefined ? digits === 0 : !isMarkOfDecimals) return ok({ whole: asWhole, decimals: '' });
  return isMarkOfDecimals && digits >= 3 ? ok(asDecimal) : fail('ambiguous');
};

/** Read with the last point or comma as decimal mark; one that groups too cannot be. */
const splitDecimals = (body: string): Digits | undefined => {
  const [, head = '', mark = '', decimals = ''] = /^(.*)([.,])(\d*)$/.exec(body) ?? [];
  if (mark === '' || head + decimals === '' || head.includes(mark)) return undefined;
  const whole = head === '' ? '0' : ungroup(head);
  return whole === undefined ? undefined : { whole, decimals };
};

/** Read as a whole number, its groups complete and parted by one mark. */
const ungroup = (body: string): string | undefined =>
  /^\d+$/.test(body) || grouped.test(body) || groupedIndian.test(body) ? body.replace(/\D/g, '') : undefined;

const toMinor = ({ whole, decimals }: Digits, sign: Sign, currency: string): Result<number, AmountTextError> => {
  const digitsMax = minorDigits(currency);
  const significant = decimals.replace(/0+$/, '');
  if (significant.length > digitsMax) return fail({ type: 'tooManyDecimals', digitsMax });
  const minor = Number(whole + significant.padEnd(digitsMax, '0'));
  if (minor > amountMinorMax) return fail({ type: 'tooLarge' });
  return ok(minor === 0 ? 0 : sign * minor);
};
