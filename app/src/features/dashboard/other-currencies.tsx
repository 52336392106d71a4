import { useFormat } from '../../ui/format-context.tsx';
import type { MonthView } from './month-view.ts';
import { words } from './words.ts';

export const OtherCurrencies = ({ view }: { view: MonthView }) => {
  const format = useFormat();
  if (view.others.length === 0) return null;
  return (
    <section className="sect" aria-labelledby="others">
      <div className="sect-head">
        <h2 id="others">{words.otherCurrencies}</h2>
        <span>{words.notAdded}</span>
      </div>
      <dl>
        {view.others.map((other) => (
          <div className="kv" key={other.currency}>
            <dt>
              {other.currency}
              {other.incomeMinor !== 0 && (
                <span className="sub">
                  {words.income} {format.money(other.incomeMinor, other.currency)}
                </span>
              )}
            </dt>
            <dd className="n">
              {format.money(other.spentInBudgetsMinor + other.spentOutsideBudgetsMinor, other.currency)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
