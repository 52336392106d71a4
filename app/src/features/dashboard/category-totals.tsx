import { Link } from 'wouter';
import { useBook } from '../../model/book-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { Mark } from '../../ui/mark.tsx';
import { categoryHref } from './category-href.ts';
import type { MonthView } from './month-view.ts';
import { words } from './words.ts';

/** Where the money went, budgeted or not, and what came in. */
export const CategoryTotals = ({ view }: { view: MonthView }) => {
  const { categoryById } = useBook();
  const format = useFormat();
  if (view.categories.length === 0) return null;
  const budgeted = new Set<string | null>(
    view.checks.filter((check) => check.currency === view.currency).map((check) => check.categoryId),
  );
  const hasBudgets = budgeted.size > 0;
  return (
    <section className="sect" aria-labelledby="totals">
      <div className="sect-head">
        <h2 id="totals">{words.byCategory}</h2>
        <span>{format.amount(view.spentMinor, view.currency)}</span>
      </div>
      <ul className="rows">
        {view.categories.map(({ categoryId, spentMinor, entryCount }) => {
          const category = categoryId === null ? undefined : categoryById.get(categoryId);
          const count = words.entryCount(format.count(entryCount), entryCount === 1);
          return (
            <li key={categoryId ?? 'none'}>
              <Link className="row" href={categoryHref(view.month, categoryId)}>
                <Mark hue={category?.hue} />
                <span>
                  {category?.name ?? words.noCategory}
                  <span className="sub">
                    {hasBudgets && !budgeted.has(categoryId) ? `${count}, ${words.noBudget}` : count}
                  </span>
                </span>
                <span className="n">{format.amount(spentMinor, view.currency)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
