import { compareText, firstDifference } from './compare.ts';
import { sumMinor } from './minor-arithmetic.ts';
import { type CurrencyEntries, type MonthEntries, sumAmounts } from './month-entries.ts';

export type CategoryTotal = {
  /** Null is uncategorised. */
  readonly categoryId: string | null;
  /** Expenses less refunds; negative where more was refunded than spent. */
  readonly spentMinor: number;
  /** At least 1, even where refunds bring the sum to zero. */
  readonly entryCount: number;
};

/** One month in one currency. There is no total across currencies. */
export type CurrencyTotals = {
  readonly currency: string;
  /** Expenses less refunds: the sum over `categories`. */
  readonly spentMinor: number;
  readonly incomeMinor: number;
  /** What left by transfers between own accounts less what came; neither spent nor earned. */
  readonly transferredMinor: number;
  readonly entryCount: number;
  /** Most spent first, then by id, the uncategorised last. */
  readonly categories: readonly CategoryTotal[];
};

/** By currency code; a currency without entries in the month is absent. */
export const monthTotals = (entries: MonthEntries): readonly CurrencyTotals[] =>
  [...entries]
    .map(([currency, group]) => currencyTotals(currency, group))
    .sort((a, b) => compareText(a.currency, b.currency));

const currencyTotals = (currency: string, { income, expenses, transfers }: CurrencyEntries): CurrencyTotals => {
  const categories = [...expenses].map(([categoryId, group]) => ({
    categoryId,
    spentMinor: sumAmounts(group),
    entryCount: group.length,
  }));
  return {
    currency,
    spentMinor: sumMinor(categories.map((category) => category.spentMinor)),
    incomeMinor: sumAmounts(income),
    transferredMinor: sumAmounts(transfers),
    entryCount: categories.reduce((count, category) => count + category.entryCount, income.length + transfers.length),
    categories: categories.sort(bySpending),
  };
};

const bySpending = (a: CategoryTotal, b: CategoryTotal): number =>
  firstDifference(
    b.spentMinor - a.spentMinor,
    Number(a.categoryId === null) - Number(b.categoryId === null),
    compareText(a.categoryId ?? '', b.categoryId ?? ''),
  );
