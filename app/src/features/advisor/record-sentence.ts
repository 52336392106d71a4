import type { RecordAdvice } from '@fintrack/advisor-core';
import type { Format } from '../../ui/format.ts';
import { words } from './words.ts';

/** How earlier forecasts of the same thing turned out. */
export const recordSentence = (
  { count, coveredPercent, medianErrorPercent, isPoor }: RecordAdvice,
  format: Pick<Format, 'percent'>,
): string => {
  if (count === 0) return words.noRecord;
  const held = Math.round((coveredPercent * count) / 100);
  const said = words.record(count, held, format.percent(medianErrorPercent / 100));
  return isPoor ? `${words.poorRecord} ${said}` : said;
};
