import { transfersCategoryId } from '@fintrack/sync-core/protocol';
import { Link } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { Mark } from '../../ui/mark.tsx';
import { categoryHref } from './category-href.ts';
import type { MonthView } from './month-view.ts';
import { words } from './words.ts';

type CategoryTotalsProps = {
  view: MonthView;
  /** Only what has no budget, where the budgets beside it show the others. */
  isRestOnly: boolean;
};

/** Where the money went, budgeted or not. */
export const CategoryTotals = ({ view, isRestOnly }: CategoryTotalsProps) => {
  const { categoryById } = useBook();
  const format = useFormat();
  const budgeted = new Set<string | null>(
    view.checks.filter((check) => check.currency === view.currency).map((check) => check.categoryId),
  );
  const hasBudgets = budgeted.size > 0;
  const shown = isRestOnly ? view.categories.filter(({ categoryId }) => !budgeted.has(categoryId)) : view.categories;
  const { transfers } = view;
  if (shown.length === 0 && !transfers) return null;
  const sumMinor = shown.reduce((sum, { spentMinor }) => sum + spentMinor, 0);
  return (
    <section className="sect" aria-labelledby="totals">
      <div className="sect-head">
        <h2 id="totals">{isRestOnly ? words.outside : words.byCategory}</h2>
        <span>{format.amount(sumMinor, view.currency)}</span>
      </div>
      <ul className="rows">
        {shown.map(({ categoryId, spentMinor, entryCount }) => {
          const category = categoryId === null ? undefined : categoryById.get(categoryId);
          const count = words.entryCount(format.count(entryCount), entryCount === 1);
          return (
            <li key={categoryId ?? 'none'}>
              <Link className="row" href={categoryHref(view.month, categoryId)}>
                <Mark hue={category?.hue} />
                <span>
                  {category?.name ?? words.noCategory}
                  <span className="sub">
                    {hasBudgets && !isRestOnly && !budgeted.has(categoryId) ? `${count}, ${words.noBudget}` : count}
                  </span>
                </span>
                <span className="n">{format.amount(spentMinor, view.currency)}</span>
              </Link>
            </li>
          );
        })}
        {transfers && (
          <li>
            <Link className="row ink-2" href={categoryHref(view.month, transfersCategoryId)}>
              <Mark hue={undefined} />
              <span>
                {words.betweenOwn}
                <span className="sub">
                  {words.betweenOwnWhy(
                    words.entryCount(format.count(transfers.entryCount), transfers.entryCount === 1),
                  )}
                </span>
              </span>
              <span className="n">{format.amount(transfers.leftMinor, view.currency)}</span>
            </Link>
          </li>
        )}
      </ul>
    </section>
  );
};
