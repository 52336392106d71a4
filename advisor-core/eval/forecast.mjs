import { forecastMonth } from '../src/patterns/month-forecast.ts';

/** Part (b): one series at the end of a day of its month. Without enough evidence: what is spent stays. */
export const forecast = ({ months, spent, asOfDay, category }) => {
  const own = forecastMonth({ months, spent, asOfDay, isTotal: category === '__total__' });
  const soFar = spent.reduce((sum, [, amount]) => sum + amount, 0);
  return own ? { point: own.pointMinor, lo: own.lowMinor, hi: own.highMinor } : { point: soFar, lo: soFar, hi: soFar };
};
