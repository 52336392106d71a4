import type { CalendarMonth } from '@fintrack/sync-core/protocol/calendar-date';
import type { Money } from '@fintrack/sync-core/protocol/money';

/**
 * One thing worth telling, as data: a catalogue outside the engine finds the words. Everything said can be checked
 * against `evidence` and `arithmetic`.
 */
export type Insight = {
  readonly kind: InsightKind;
  /** The same as long as it is about the same thing, whatever the amounts, so that a dismissal lasts. */
  readonly key: string;
  readonly subject: { readonly budgetId: string; readonly categoryId: string; readonly month: CalendarMonth };
  /** The amount that the insight is about: how far over the budget, or above the pace. Positive. */
  readonly money: Money;
  readonly confidence: Confidence;
  /** Ids of the entries that were counted, by date and then id. */
  readonly evidence: readonly string[];
  /** From what is known to `money`, in order, all in the currency of `money`. */
  readonly arithmetic: readonly ArithmeticStep[];
  readonly action: SuggestedAction;
};

export type InsightKind = 'budget-over' | 'budget-above-pace';

/** Whether the month will end over the budget. `certain`: it is over. `likely`, `possible`: at this pace it will be. */
export type Confidence = 'certain' | 'likely' | 'possible';

export type TermName = 'spent' | 'spent-by-now' | 'budget' | 'expected-by-now' | 'over' | 'above-pace';
export type Term = { readonly name: TermName; readonly minor: number };

export type ArithmeticStep =
  /** `from - take = result` */
  | { readonly step: 'difference'; readonly from: Term; readonly take: Term; readonly result: Term }
  /** `of * numerator / denominator = result`, halves rounded away from zero. */
  | {
      readonly step: 'share';
      readonly of: Term;
      readonly numerator: number;
      readonly denominator: number;
      readonly result: Term;
    };

export type SuggestedAction =
  /** Raise the budget to what is spent. */
  | { readonly type: 'set-budget'; readonly budgetId: string; readonly money: Money }
  /** Look at the evidence. */
  | { readonly type: 'look-at-entries' };
