import { wide, useMedia } from '../../ui/use-media.ts';
import { BudgetRows } from './budget-rows.tsx';
import { BudgetTable } from './budget-table.tsx';
import { CategoryTotals } from './category-totals.tsx';
import { Hero, Three } from './hero.tsx';
import type { MonthView } from './month-view.ts';
import { NoBudgets } from './no-budgets.tsx';
import { OtherCurrencies } from './other-currencies.tsx';
import { PaceFigure } from './pace-figure.tsx';

export const MonthOverview = ({ view, isCurrent }: { view: MonthView; isCurrent: boolean }) => {
  const isWide = useMedia(wide);
  const hasBudgets = view.checks.length > 0;
  return (
    <>
      <section className="hero" aria-labelledby="hero-label">
        <Hero view={view} isCurrent={isCurrent} isWide={isWide} />
        {view.pace && <PaceFigure view={view} pace={view.pace} />}
      </section>
      {hasBudgets &&
        (isWide ? <BudgetTable view={view} isCurrent={isCurrent} /> : <BudgetRows view={view} isCurrent={isCurrent} />)}
      {!hasBudgets && <NoBudgets month={view.month} />}
      {!isWide && view.entries.length > 0 && (
        <section className="wrap">
          <Three view={view} hasBudgets={hasBudgets} />
        </section>
      )}
      <CategoryTotals view={view} isRestOnly={isWide && hasBudgets} />
      <OtherCurrencies view={view} />
    </>
  );
};
