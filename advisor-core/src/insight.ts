import type { CalendarDate, CalendarMonth } from '@fintrack/sync-core/protocol/calendar-date';
import type { Money } from '@fintrack/sync-core/protocol/money';

/**
 * One thing worth telling, as data: a catalogue outside the engine finds the words. Everything said can be checked
 * against `evidence` and `arithmetic`.
 */
export type Insight = {
  readonly kind: InsightKind;
  /** The kind, a colon and what it is about: the same whatever the amounts, so that a dismissal lasts. */
  readonly key: string;
  readonly subject: Subject;
  /** The amount that the insight is about: how far over the budget, by how much a price rose. */
  readonly money: Money;
  /** Step of `money` on a coarse scale (`bucketOf`). "Got it" lasts for as long as this stays. */
  readonly bucket: number;
  /** When there was something to tell: the last entry's date, or the day of the advice. */
  readonly since: CalendarDate;
  readonly confidence: Confidence;
  /**
   * Ids of entries that show it: those that were counted, by date and then id, at most `evidenceMax`, the latest; of an
   * unusual amount the largest it was compared with, and then itself.
   */
  readonly evidence: readonly string[];
  /** From what is known to `money`, in order, all in the currency of `money`. */
  readonly arithmetic: readonly ArithmeticStep[];
  readonly action: SuggestedAction;
};

/** A drawer that people read, not an archive. */
export const evidenceMax = 60;

export type InsightKind =
  | 'budget-over'
  | 'budget-above-pace'
  /** The forecast of the month ends above the budget. */
  | 'forecast-over-budget'
  | 'duplicate-charge'
  | 'unusual-amount'
  | 'price-rise'
  /** An expected payment or income has not come. */
  | 'payment-late'
  | 'payment-stopped'
  /** What a category costs a month has moved to another level. */
  | 'level-change'
  /** A category without a budget that could have one. */
  | 'budget-suggestion'
  /** What was left of last month's income. */
  | 'savings-rate';

export type Subject =
  | { readonly type: 'budget'; readonly budgetId: string; readonly categoryId: string; readonly month: CalendarMonth }
  | { readonly type: 'category'; readonly categoryId: string | null; readonly month: CalendarMonth }
  /** A recurring payment or income; `title` as its last entry has it. */
  | { readonly type: 'stream'; readonly stream: string; readonly title: string }
  | { readonly type: 'entry'; readonly entryId: string; readonly title: string }
  | { readonly type: 'month'; readonly month: CalendarMonth };

/** How sure it is. `certain`: a fact of the entries. `likely`, `possible`: concluded from them. */
export type Confidence = 'certain' | 'likely' | 'possible';

export type TermName =
  | 'spent'
  | 'spent-by-now'
  | 'budget'
  | 'expected-by-now'
  | 'over'
  | 'above-pace'
  | 'forecast-rest'
  | 'forecast'
  | 'price-before'
  | 'price-now'
  | 'rise'
  | 'rise-a-year'
  | 'amount'
  | 'usual'
  | 'income'
  | 'saved'
  | 'level-before'
  | 'level-now'
  | 'change'
  | 'suggested';
export type Term = { readonly name: TermName; readonly minor: number };

export type ArithmeticStep =
  /** `from - take = result` */
  | { readonly step: 'difference'; readonly from: Term; readonly take: Term; readonly result: Term }
  /** `first + second = result` */
  | { readonly step: 'sum'; readonly first: Term; readonly second: Term; readonly result: Term }
  /** `of * count = result` */
  | { readonly step: 'times'; readonly of: Term; readonly count: number; readonly result: Term }
  /** `of * numerator / denominator = result`, halves rounded away from zero. */
  | {
      readonly step: 'share';
      readonly of: Term;
      readonly numerator: number;
      readonly denominator: number;
      readonly result: Term;
    }
  /** `result` is what `count` earlier entries or months say is usual: of them, `share` hundredths are not above it. */
  | { readonly step: 'usual'; readonly count: number; readonly share: number; readonly result: Term }
  /** `result` is the amount of one entry, as it stands in the evidence. */
  | { readonly step: 'entry'; readonly id: string; readonly result: Term };

export type SuggestedAction =
  /** Raise the budget to what is spent, or to what the forecast says. */
  | { readonly type: 'set-budget'; readonly budgetId: string; readonly money: Money }
  /** Begin a budget for the category. */
  | { readonly type: 'add-budget'; readonly categoryId: string; readonly month: CalendarMonth; readonly money: Money }
  /** Say that the stream is no subscription, where it is none. */
  | { readonly type: 'check-subscription'; readonly stream: string }
  /** Look at the evidence. */
  | { readonly type: 'look-at-entries' };
