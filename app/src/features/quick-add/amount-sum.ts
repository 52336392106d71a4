import { type AmountTextError, amountMinorMax, fail, isCurrency, ok, type Result } from '@fintrack/sync-core/protocol';
import { type DecimalMark, readTypedAmount } from '../../model/typed-amount.ts';

export type AmountProblem =
  | AmountTextError
  | { readonly type: 'zero' }
  /** Letters that look like a currency's code and are none. */
  | { readonly type: 'unknownCurrency'; readonly code: string };

export type AmountSum = {
  readonly minor: number;
  /** Each signed term, in order; one where nothing is added up. */
  readonly terms: readonly number[];
};

/**
 * Reads what stands in the amount field: one amount, or several with + and − between them, `12,40+3,50`. Each term is
 * read by the one reader of money text.
 */
export const readAmountSum = (
  text: string,
  currency: string,
  localeMark: DecimalMark = '.',
): Result<AmountSum, AmountProblem> => {
  // A sign at the end is a sum still being typed, not the trailing minus of a bank's file.
  if (/[+\-\u2212]\s*$/.test(text)) return fail({ type: 'notANumber', text });
  const terms: number[] = [];
  for (const { sign, body } of splitTerms(text)) {
    const read = readTypedAmount(body, currency, localeMark);
    if (!read.ok) return fail(unknownCurrencyIn(body) ?? read.error);
    terms.push(read.value === 0 ? 0 : sign * read.value);
  }
  const minor = terms.reduce((sum, term) => sum + term, 0);
  if (minor === 0) return fail({ type: 'zero' });
  return Math.abs(minor) > amountMinorMax ? fail({ type: 'tooLarge' }) : ok({ minor, terms });
};

type Term = { readonly sign: 1 | -1; readonly body: string };

const operator = /(?<=[\d.,]\s*(?:[^\d\s.,+\-\u2212]{1,3}\s*)?)([+\-\u2212])(?=\s*[\d.,])/;

/** An operator stands between two figures; a minus before the first or after the last belongs to the amount. */
const splitTerms = (text: string): readonly Term[] => {
  const parts = text.split(operator);
  return parts.flatMap((part, index) =>
    index % 2 === 0 ? [{ sign: index > 0 && parts[index - 1] !== '+' ? -1 : 1, body: part } as const] : [],
  );
};

const unknownCurrencyIn = (text: string): AmountProblem | undefined => {
  const code = /[\d.,\s]([a-z]{3})\s*$|^\s*([a-z]{3})[\s\d]/i
    .exec(text)
    ?.slice(1)
    .find((each) => each !== undefined);
  return code && !isCurrency(code.toUpperCase()) ? { type: 'unknownCurrency', code: code.toUpperCase() } : undefined;
};
