import { type AmountTextError, minorDigits, parseAmountText, type Result } from '@fintrack/sync-core/protocol';

export type DecimalMark = '.' | ',';

/** What the locale writes before decimals. */
export const decimalMarkOf = (locale: string): DecimalMark =>
  new Intl.NumberFormat(locale).formatToParts(1.5).some((part) => part.value === ',') ? ',' : '.';

/**
 * Reads one amount as a person typed it, to minor units. The locale's mark counts only where the currency has three
 * decimals and three figures after a mark are the rule; elsewhere none is assumed, so that `1,499` is asked about
 * instead of guessed.
 */
export const readTypedAmount = (
  text: string,
  currency: string,
  localeMark: DecimalMark,
): Result<number, AmountTextError> =>
  parseAmountText(text, minorDigits(currency) === 3 ? { currency, decimalMark: localeMark } : { currency });
