export { type Advice, type AdviseInput, advise, adviceToBytes, adviceToJson, adviceVersion } from './advise.ts';
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
