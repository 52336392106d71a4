import { amountMinorMax, minorDigits } from './money.ts';
import { fail, ok, type Result } from './result.ts';

export type AmountTextError =
  | { readonly type: 'empty' }
  | { readonly type: 'notANumber'; readonly text: string }
  /** One mark followed by three digits, and no mark is known to be the decimal one: 1,499 may be 1499 or 1.499. */
  | { readonly type: 'ambiguous'; readonly text: string }
  | { readonly type: 'tooManyDecimals'; readonly digitsMax: number }
  | { readonly type: 'tooLarge' };

export type AmountTextOptions = {
  /** Decides how many decimals there may be. */
  readonly currency: string;
  /** The mark this person's locale or this file's column writes before decimals, where that is known. */
  readonly decimalMark?: '.' | ',';
};

/**
 * Reads an amount as people and banks write it, to minor units. The one reader of money text.
 *
 * Either mark may stand before the decimals: `14,99` and `14.99` are 1499 cents in every locale. Grouping is
 * accepted only in whole groups of three (also with spaces, apostrophes). A minus may lead, trail, or be written as
 * brackets, as in ledgers.
 */
export const parseAmountText = (input: string, options: AmountTextOptions): Result<number, AmountTextError> => {
  const text = input
    .replace(/[\s\u00a0\u202f\u2009']/g, '')
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/\u2019/g, '');
  if (text === '') return fail({ type: 'empty' });
  const signed = /^([+-]?)([\d.,]+)(-?)$/.exec(text.replace(/^\((.*)\)$/, '-$1'));
  const body = signed?.[2];
  if (!signed || !body || !/\d/.test(body) || (signed[1] && signed[3]))
    return fail({ type: 'notANumber', text: input });
  const split = splitDecimals(body, options);
  if (!split.ok)
    return split.error === 'ambiguous'
      ? fail({ type: 'ambiguous', text: input })
      : fail({ type: 'notANumber', text: input });
  const { whole, decimals } = split.value;
  const digits = minorDigits(options.currency);
  const significant = decimals.replace(/0+$/, '');
  if (significant.length > digits) return fail({ type: 'tooManyDecimals', digitsMax: digits });
  const minor = Number(`${whole || '0'}${significant.padEnd(digits, '0')}`);
  if (!(minor <= amountMinorMax)) return fail({ type: 'tooLarge' });
  return ok(minor !== 0 && (signed[1] === '-' || signed[3] === '-') ? -minor : minor);
};

type Parts = { readonly whole: string; readonly decimals: string };

const splitDecimals = (body: string, options: AmountTextOptions): Result<Parts, 'ambiguous' | 'notANumber'> => {
  const marks = body.replace(/\d/g, '');
  if (marks === '') return ok({ whole: body, decimals: '' });
  const last = marks.at(-1) ?? '';
  const position = body.lastIndexOf(last);
  const decimals = body.slice(position + 1);
  const sameMarkAgain = marks.length > 1 && [...marks].every((mark) => mark === last);
  const mixed = marks.length > 1 && !sameMarkAgain;
  if (mixed && [...marks.slice(0, -1)].some((mark) => mark === last)) return fail('notANumber');
  if (mixed) return ungroup(body.slice(0, position), marks[0] ?? '', decimals);
  if (sameMarkAgain) return last === options.decimalMark ? fail('notANumber') : ungroup(body, last, '');
  if (decimals.length !== 3) return ok({ whole: body.slice(0, position), decimals });
  // A single mark and three digits: the locale decides; where it calls the mark decimal, only a currency with
  // three decimals can mean it.
  if (options.decimalMark === undefined)
    return minorDigits(options.currency) >= 3 ? ok({ whole: body.slice(0, position), decimals }) : fail('ambiguous');
  if (options.decimalMark !== last) return ungroup(body, last, '');
  return minorDigits(options.currency) >= 3 || decimals.endsWith('0')
    ? ok({ whole: body.slice(0, position), decimals })
    : fail('ambiguous');
};

const ungroup = (whole: string, mark: string, decimals: string): Result<Parts, 'notANumber'> => {
  const [head = '', ...groups] = whole.split(mark);
  const indian = groups.slice(0, -1).every((group) => group.length === 2) && groups.at(-1)?.length === 3;
  const western = groups.every((group) => group.length === 3);
  if (head.length < 1 || head.length > 3 || !(western || indian)) return fail('notANumber');
  return ok({ whole: head + groups.join(''), decimals });
};
