import { dateToDayNumber } from '@fintrack/sync-core/protocol/calendar-date';
import { createCategoryLearner } from '../src/patterns/category-suggestion.ts';

const questionOf = ({ description, amount, account }) => ({
  title: description,
  amountMinor: amount,
  ...(account ? { account } : {}),
});

/** Task (d): suggests from what was learned before, in order. */
export const category = () => {
  const learner = createCategoryLearner();
  let learned = 0;
  return {
    predict: (transaction) => learner.predict(questionOf(transaction)).map((suggestion) => suggestion.categoryId),
    learn: (transaction, categoryId) => {
      learned += 1;
      const id = String(learned).padStart(9, '0');
      learner.learn({ ...questionOf(transaction), id, day: dateToDayNumber(transaction.date), categoryId });
    },
  };
};
