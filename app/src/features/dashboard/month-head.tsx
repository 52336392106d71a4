import { Link } from 'wouter';
import { useFormat } from '../../ui/format-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import { monthHref, type ShownMonth } from './use-shown-month.ts';
import { words } from './words.ts';

export const MonthHead = ({ shown, title }: { shown: ShownMonth; title: string }) => {
  const format = useFormat();
  return (
    <div className="nav">
      <Link
        className="icon-btn"
        href={monthHref(shown.previous)}
        aria-label={words.previousMonth(format.month(shown.previous))}
      >
        <Icon name="previous" />
      </Link>
      <h1>{title}</h1>
      <Link
        className="icon-btn"
        href={monthHref(shown.next)}
        aria-label={words.previousMonth(format.month(shown.next))}
      >
        <Icon name="next" />
      </Link>
    </div>
  );
};
