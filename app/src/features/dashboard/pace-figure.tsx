import { dayOfMonth } from '@fintrack/sync-core/protocol';
import { useBook } from '../../model/book-context.tsx';
import { useFormat } from '../../ui/format-context.tsx';
import { PaceChart } from '../../ui/pace-chart.tsx';
import type { MonthView } from './month-view.ts';
import type { Pace } from './pace.ts';
import { words } from './words.ts';

export const PaceFigure = ({ view, pace }: { view: MonthView; pace: Pace }) => {
  const format = useFormat();
  const { categoryById } = useBook();
  const difference = pace.differences.at(-1) ?? 0;
  const amount = format.amount(Math.abs(difference), view.currency);
  const text = difference > 0 ? words.aboveEven(amount) : difference < 0 ? words.belowEven(amount) : words.onEven;
  const bills = pace.billCategoryIds.map((id) => categoryById.get(id)?.name ?? '').filter((name) => name !== '');
  const share = dayOfMonth(view.asOf) / pace.daysInMonth;
  return (
    <figure className="pace">
      <figcaption>
        <span className={difference > 0 ? 'medium warn' : 'medium good'}>{text}</span>
        {bills.length > 0 && <span className="ink-3">{words.without(bills.join(', '))}</span>}
      </figcaption>
      <PaceChart
        differences={pace.differences}
        daysInMonth={pace.daysInMonth}
        label={words.paceLabel(format.shortDay(view.asOf), text)}
      />
      <div className="axis" aria-hidden="true">
        {share > 0.25 && <span>{format.shortDay(`${view.month}-01`)}</span>}
        <span className="mid" style={{ insetInlineStart: `${Math.max(6, Math.min(94, share * 100))}%` }}>
          {words.today}
        </span>
        {share < 0.85 && <span style={{ insetInlineEnd: 0 }}>{pace.daysInMonth}</span>}
      </div>
    </figure>
  );
};
