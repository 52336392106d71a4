export {
  type MonthAdvice,
  type AdviseMonthInput,
  adviseMonth,
  adviceToBytes,
  adviceToJson,
  adviceVersion,
} from './month-advice.ts';
export type {
  ArithmeticStep,
  Confidence,
  Insight,
  InsightKind,
  SuggestedAction,
  Term,
  TermName,
} from './insight.ts';
export type { Budget, Entry } from './ledger.ts';
export type { CategoryTotal, CurrencyTotals } from './month-totals.ts';
export type { BudgetCheck, BudgetState } from './patterns/budget-check.ts';
export type { LeftToSpend } from './patterns/left-to-spend.ts';
