import type { BudgetCheck } from '@fintrack/advisor-core';
import { useBook } from '../../model/book-context.tsx';
import { Bar } from '../../ui/bar.tsx';
import { Mark } from '../../ui/mark.tsx';
import type { MonthView } from './month-view.ts';
import { todayShare } from './today-share.ts';
import { useBudgetWords } from './use-budget-words.ts';
import { words } from './words.ts';

/** All budgets on one line each, for the wide pane. */
export const BudgetTable = ({ view, isCurrent }: { view: MonthView; isCurrent: boolean }) => (
  <section className="sect" aria-label={words.budgets}>
    <ul className="b-grid">
      <li className="hd">
        <h2>{words.budgets}</h2>
        <span className="n">{words.spent}</span>
        <span className="n">{words.sumLeft}</span>
      </li>
      {view.checks.map((check) => (
        <BudgetLine key={check.budgetId} check={check} view={view} isCurrent={isCurrent} />
      ))}
    </ul>
  </section>
);

const BudgetLine = ({ check, view, isCurrent }: { check: BudgetCheck; view: MonthView; isCurrent: boolean }) => {
  const { categoryById } = useBook();
  const say = useBudgetWords(check, view);
  const category = categoryById.get(check.categoryId);
  return (
    <li title={say.detail}>
      <Mark hue={category?.hue} />
      <span className="clip">{category?.name ?? words.noCategory}</span>
      <Bar
        hue={category?.hue ?? 0}
        spentMinor={check.spentMinor}
        budgetMinor={check.amountMinor}
        todayShare={isCurrent ? todayShare(view.asOf) : undefined}
      />
      <span className="n dim">{say.spent}</span>
      <span className={check.state === 'over' ? 'n bad medium' : 'n'}>{say.leftShort}</span>
    </li>
  );
};
