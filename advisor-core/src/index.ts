export { type Advice, adviceToBytes, adviceToJson, adviceVersion, entriesForCertaintyMin } from './advice.ts';
export { advise, type Advisor, type AdvisorInput, createAdvisor, type EntryChange } from './advisor.ts';
export type { EntryProblem } from './entry-check.ts';
export type { Feedback, FeedbackReason } from './feedback.ts';
export { type ForecastAdvice, forecastSubject, type RecordAdvice, type SuggestionAdvice } from './forecast-advice.ts';
export type { FrozenForecast } from './patterns/forecast-record.ts';
export type { SavingsRate } from './patterns/savings-rate.ts';
export { type AdviseMonthInput, adviseMonth, type MonthAdvice } from './month-advice.ts';
export type {
  ArithmeticStep,
  Confidence,
  Insight,
  InsightKind,
  Subject,
  SuggestedAction,
  Term,
  TermName,
} from './insight.ts';
export type { Budget, Entry } from './ledger.ts';
export type { CategoryTotal, CurrencyTotals } from './month-totals.ts';
export type { BudgetCheck, BudgetState } from './patterns/budget-check.ts';
export type { LeftToSpend } from './patterns/left-to-spend.ts';
export {
  type CategoryExample,
  type CategoryLearner,
  type CategoryQuestion,
  type CategorySuggestion,
  createCategoryLearner,
  learnInSlices,
  type SuggestionReason,
} from './patterns/category-suggestion.ts';
export type { Cadence, RecurringStream } from './patterns/recurring.ts';
export type { StreamAdvice, UpcomingAdvice } from './stream-advice.ts';
