import { subtractMinor } from '../minor-arithmetic.ts';
import type { CurrencyTotals } from '../month-totals.ts';

export type SavingsRate = {
  readonly currency: string;
  readonly incomeMinor: number;
  readonly spentMinor: number;
  /** Income less spending; negative where more was spent. Transfers between own accounts are neither. */
  readonly savedMinor: number;
  /**
   * Share of the income that was not spent, in ten-thousandths, within a hundred times the income both ways. Null
   * without income.
   */
  readonly rateBasisPoints: number | null;
};

/** Of one month, for each currency by itself. Cost: linear in the currencies. */
export const savingsRates = (
  totals: readonly Pick<CurrencyTotals, 'currency' | 'incomeMinor' | 'spentMinor'>[],
): readonly SavingsRate[] =>
  totals.map(({ currency, incomeMinor, spentMinor }) => {
    const savedMinor = subtractMinor(incomeMinor, spentMinor);
    return { currency, incomeMinor, spentMinor, savedMinor, rateBasisPoints: basisPointsOf(savedMinor, incomeMinor) };
  });

/** Beyond this a share says nothing any more, only that there was next to no income. */
const basisPointsMax = 1_000_000;

/**
 * `part / whole` in ten-thousandths, halves rounded away from zero, at most `basisPointsMax` either way; null unless
 * `whole` is above zero. In big integers: the product of a safe integer and 10,000 may not be one.
 */
const basisPointsOf = (part: number, whole: number): number | null => {
  if (whole <= 0) return null;
  const doubled = BigInt(Math.abs(part)) * 20_000n;
  const size = Number((doubled / BigInt(whole) + 1n) / 2n);
  return part < 0 ? -Math.min(basisPointsMax, size) : Math.min(basisPointsMax, size);
};
