import type { CSSProperties } from 'react';
import { hueColour } from './mark.tsx';

type BarProps = {
  hue: number;
  spentMinor: number;
  budgetMinor: number;
  /** Share of the month that has passed, 0 to 1; nothing for another month. */
  todayShare?: number | undefined;
};

/** Spent of a budget. What is over is the part past a gap; the words beside it say how much, so this is decorative. */
export const Bar = ({ hue, spentMinor, budgetMinor, todayShare }: BarProps) => {
  const isOver = spentMinor > budgetMinor;
  const share = isOver ? budgetMinor / spentMinor : budgetMinor > 0 ? Math.max(0, spentMinor) / budgetMinor : 0;
  const style = {
    '--v': `${(share * 100).toFixed(1)}%`,
    '--c': hueColour(hue),
    '--today': `${((todayShare ?? 0) * 100).toFixed(2)}%`,
  } as CSSProperties;
  return (
    <span className={isOver ? 'bar over' : 'bar'} style={style} aria-hidden="true">
      <i />
      {!isOver && todayShare !== undefined && <b />}
    </span>
  );
};
