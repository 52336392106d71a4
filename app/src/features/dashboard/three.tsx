import { useFormat } from '../../ui/format-context.tsx';
import type { MonthView } from './month-view.ts';
import { words } from './words.ts';

/** What came in and went out, budgeted or not. */
export const Three = ({ view, hasBudgets }: { view: MonthView; hasBudgets: boolean }) => {
  const format = useFormat();
  const amount = (minor: number) => format.amount(minor, view.currency);
  if (!hasBudgets && view.incomeMinor === 0) return null;
  return (
    <dl className="three">
      <div>
        <dt>{words.income}</dt>
        <dd>{amount(view.incomeMinor)}</dd>
      </div>
      {hasBudgets && (
        <>
          <div>
            <dt>{words.spent}</dt>
            <dd>{amount(view.spentMinor)}</dd>
          </div>
          <div>
            <dt>{words.outside}</dt>
            <dd>{amount(view.home?.spentOutsideBudgetsMinor ?? 0)}</dd>
          </div>
        </>
      )}
    </dl>
  );
};
