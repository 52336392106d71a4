import type { BudgetCheck } from '@fintrack/advisor-core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import { Bar } from '../../ui/bar.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Mark } from '../../ui/mark.tsx';
import { categoryHref } from './category-href.ts';
import type { MonthView } from './month-view.ts';
import { todayShare } from './today-share.ts';
import { useBudgetWords } from './use-budget-words.ts';
import { words } from './words.ts';

/** The most urgent are enough to act on; the rest is one press away. */
const shownFirst = 4;

export const BudgetRows = ({ view, isCurrent }: { view: MonthView; isCurrent: boolean }) => {
  const [isOpen, setOpen] = useState(false);
  const format = useFormat();
  const shown = isOpen ? view.checks : view.checks.slice(0, shownFirst);
  const hidden = view.checks.slice(shown.length);
  const isBill = (check: BudgetCheck) => view.pace?.billCategoryIds.includes(check.categoryId) === true;
  const amount = (minor: number) => format.amount(minor, view.currency);
  return (
    <section className="sect" aria-labelledby="budgets">
      <div className="sect-head">
        <h2 id="budgets">{words.budgets}</h2>
        {view.home && (
          <span>{words.spentOf(amount(view.home.spentInBudgetsMinor), amount(view.home.budgetedMinor))}</span>
        )}
      </div>
      <ul>
        {shown.map((check) => (
          <BudgetRow key={check.budgetId} check={check} view={view} isCurrent={isCurrent} />
        ))}
      </ul>
      {hidden.length > 0 && (
        <button type="button" className="more-row" onClick={() => setOpen(true)}>
          <span>
            {hidden.every((check) => check.state === 'on-pace' || isBill(check))
              ? words.moreOnPace(hidden.length)
              : words.moreBudgets(hidden.length)}
          </span>
          <Icon name="next" small />
        </button>
      )}
    </section>
  );
};

const BudgetRow = ({ check, view, isCurrent }: { check: BudgetCheck; view: MonthView; isCurrent: boolean }) => {
  const { categoryById } = useBook();
  const say = useBudgetWords(check, view);
  const category = categoryById.get(check.categoryId);
  const hue = category?.hue ?? 0;
  return (
    <li>
      <Link className="budget" href={categoryHref(view.month, check.categoryId)}>
        <span className="name">
          <Mark hue={category?.hue} />
          {category?.name ?? words.noCategory}
        </span>
        <span className={check.state === 'over' ? 'left n bad' : 'left n'}>{say.left}</span>
        <small>{isCurrent ? say.detail : say.spentOf}</small>
        <small className="n">{isCurrent ? say.perDay : ''}</small>
        <Bar
          hue={hue}
          spentMinor={check.spentMinor}
          budgetMinor={check.amountMinor}
          todayShare={isCurrent ? todayShare(view.asOf) : undefined}
        />
      </Link>
    </li>
  );
};
