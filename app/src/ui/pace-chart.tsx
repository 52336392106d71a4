import './pace-chart.css';

type PaceChartProps = {
  /** From day 0 to today; above the even pace is positive. */
  differences: readonly number[];
  daysInMonth: number;
  /** The chart in words. */
  label: string;
};

const height = 56;
const width = 350;
const margin = 4;

/** The difference from an even pace: the middle line is the pace, above it is too much so far. */
export const PaceChart = ({ differences, daysInMonth, label }: PaceChartProps) => {
  const highest = Math.max(0, ...differences);
  const lowest = Math.min(0, ...differences);
  const scale = (height - 2 * margin) / (highest - lowest || 1);
  const yOf = (difference: number) => (highest === lowest ? height / 2 : margin + (highest - difference) * scale);
  const xOf = (day: number) => (day / daysInMonth) * width;
  const even = yOf(0);
  const today = differences.length - 1;
  const last = yOf(differences[today] ?? 0);
  const line = differences.map((difference, day) => `${xOf(day).toFixed(1)} ${yOf(difference).toFixed(1)}`).join('L');
  const area = `M0 ${even}L${line}L${xOf(today)} ${even}Z`;
  return (
    <div className="pace-chart" role="img" aria-label={label}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="g-today" d={`M${xOf(today)} 0V${height}`} />
        <svg width={width} height={even}>
          <path className="g-over" d={area} />
        </svg>
        <svg y={even} width={width} height={height - even} viewBox={`0 ${even} ${width} ${height - even}`}>
          <path className="g-under" d={area} />
        </svg>
        <path className="g-even" d={`M0 ${even}H${width}`} />
        <path className="g-real" d={`M${line}`} />
      </svg>
      <i style={{ insetInlineStart: `${(today / daysInMonth) * 100}%`, insetBlockStart: last }} />
    </div>
  );
};
