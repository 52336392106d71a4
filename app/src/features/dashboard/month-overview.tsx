import { lazy, type ReactNode, Suspense } from 'react';
import { wide, useMedia } from '../../ui/use-media.ts';
import { BudgetRows } from './budget-rows.tsx';
import { BudgetTable } from './budget-table.tsx';
import { Hero } from './hero.tsx';
import type { MonthView } from './month-view.ts';
import { PaceFigure } from './pace-figure.tsx';

/** Below what the first look needs. */
const MonthTotals = lazy(async () => ({ default: (await import('./month-totals.tsx')).MonthTotals }));
/** Once a month at most. */
const NoBudgets = lazy(async () => ({ default: (await import('./no-budgets.tsx')).NoBudgets }));

type MonthOverviewProps = { view: MonthView; isCurrent: boolean; children: ReactNode };

/** `children` stand between the budgets and the categories. */
export const MonthOverview = ({ view, isCurrent, children }: MonthOverviewProps) => {
  const isWide = useMedia(wide);
  const hasBudgets = view.checks.length > 0;
  return (
    <>
      {(hasBudgets || view.entries.length > 0) && (
        <section className="hero" aria-labelledby="hero-label">
          <Hero view={view} isCurrent={isCurrent} isWide={isWide} />
          {view.pace && <PaceFigure view={view} pace={view.pace} />}
        </section>
      )}
      {hasBudgets &&
        (isWide ? <BudgetTable view={view} isCurrent={isCurrent} /> : <BudgetRows view={view} isCurrent={isCurrent} />)}
      {!hasBudgets && (
        <Suspense fallback={null}>
          <NoBudgets month={view.month} />
        </Suspense>
      )}
      {children}
      <Suspense fallback={null}>
        <MonthTotals view={view} isRestOnly={isWide && hasBudgets} isWide={isWide} />
      </Suspense>
    </>
  );
};
