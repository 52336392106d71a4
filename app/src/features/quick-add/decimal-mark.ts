import type { DecimalMark } from './amount-sum.ts';

/** What the locale writes before decimals. */
export const decimalMarkOf = (locale: string): DecimalMark =>
  new Intl.NumberFormat(locale).formatToParts(1.5).some((part) => part.value === ',') ? ',' : '.';
