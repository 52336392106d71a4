import { useFormat } from '../../ui/format-context.tsx';
import { OneNumber } from '../../ui/one-number.tsx';
import type { MonthView } from './month-view.ts';
import { Three } from './three.tsx';
import { words } from './words.ts';

type HeroProps = { view: MonthView; isCurrent: boolean; isWide: boolean };

/** The one number: what is left where there are budgets, else what was spent. */
export const Hero = ({ view, isCurrent, isWide }: HeroProps) => {
  const { home, currency } = view;
  const hasBudgets = home !== undefined && home.budgetCount > 0;
  const isOver = hasBudgets && home.leftMinor < 0;
  const label = !hasBudgets ? words.spent : isOver ? words.over : isPast(view) ? words.leftOfPast : words.left;
  const number = hasBudgets ? Math.abs(home.leftMinor) : view.spentMinor;
  const main = (
    <div className={isOver ? 'over' : ''}>
      <h2 id="hero-label" className="hero-label">
        {label}
      </h2>
      <OneNumber minor={number} currency={currency} small={isWide} />
      {hasBudgets && isCurrent && <PerDay view={view} />}
    </div>
  );
  return (
    <>
      <div className="hero-grid">
        {main}
        {hasBudgets && (isWide ? <Sum view={view} /> : <SumDetails view={view} />)}
      </div>
      {isWide && <Three view={view} hasBudgets={hasBudgets} />}
    </>
  );
};

const isPast = (view: MonthView): boolean => view.home?.daysLeft === 0;

const PerDay = ({ view: { home, currency } }: { view: MonthView }) => {
  const format = useFormat();
  if (!home || home.daysLeft === 0) return null;
  return (
    <p className="hero-sub">
      {home.leftMinor > 0 ? (
        <>
          <span className="medium">{words.aDay(format.amount(home.leftPerDayMinor, currency))}</span>{' '}
          <span className="ink-2">{words.forDays(home.daysLeft)}</span>
        </>
      ) : (
        <span className="ink-2">{words.nothingADay(home.daysLeft)}</span>
      )}
    </p>
  );
};

const SumDetails = ({ view }: { view: MonthView }) => (
  <details>
    <summary>{words.showSum}</summary>
    <Sum view={view} />
  </details>
);

const Sum = ({ view: { home, currency } }: { view: MonthView }) => {
  const format = useFormat();
  if (!home) return null;
  const isOver = home.leftMinor < 0;
  const total = isOver ? 'tot bad' : 'tot';
  return (
    <dl className="sum">
      <dt>{words.sumBudgets}</dt>
      <dd className="n">{format.amount(home.budgetedMinor, currency)}</dd>
      <dt>{words.sumSpent}</dt>
      <dd className="n">{format.amount(-home.spentInBudgetsMinor, currency)}</dd>
      <dt className={total}>{isOver ? words.sumOver : words.sumLeft}</dt>
      <dd className={`n ${total}`}>{format.amount(Math.abs(home.leftMinor), currency)}</dd>
    </dl>
  );
};
