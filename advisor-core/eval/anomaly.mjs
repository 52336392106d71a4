import { dateToDayNumber } from '@fintrack/sync-core/protocol/calendar-date';
import { merchantKey } from '../src/merchant.ts';
import { createAnomalyScorer } from '../src/patterns/unusual-amount-scorer.ts';

/** Task (c): scores each transaction by those before it. */
export const anomaly = () => {
  const scorer = createAnomalyScorer();
  let scored = 0;
  return {
    score: ({ date, amount, description, category }) => {
      scored += 1;
      return scorer.score({
        id: String(scored).padStart(9, '0'),
        day: dateToDayNumber(date),
        amountMinor: amount,
        title: description,
        merchant: merchantKey(description),
        categoryId: category ?? null,
      });
    },
  };
};
