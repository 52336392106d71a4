import { CategoryTotals } from './category-totals.tsx';
import type { MonthView } from './month-view.ts';
import { OtherCurrencies } from './other-currencies.tsx';
import { Three } from './three.tsx';

type MonthTotalsProps = {
  view: MonthView;
  /** On wide screens, where the budgets stand above and income and spending beside the number. */
  isRestOnly: boolean;
  isWide: boolean;
};

/** Income, where the money went, and other currencies. */
export const MonthTotals = ({ view, isRestOnly, isWide }: MonthTotalsProps) => (
  <>
    {!isWide && view.entries.length > 0 && (
      <section className="wrap">
        <Three view={view} hasBudgets={view.checks.length > 0} />
      </section>
    )}
    <CategoryTotals view={view} isRestOnly={isRestOnly} />
    <OtherCurrencies view={view} />
  </>
);
