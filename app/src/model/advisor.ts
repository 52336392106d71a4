import type { Advice, CategoryQuestion, CategorySuggestion, Entry } from '@fintrack/advisor-core';
import type { CalendarDate, Result } from '@fintrack/sync-core/protocol';

/** Why there is no advice. The ledger itself is as it was. */
export type AdvisorError =
  /** The browser's database would not be read. */
  | { readonly type: 'storage'; readonly why: string }
  /** A newer version of the app has the ledger. */
  | { readonly type: 'closed' }
  /** Its program broke, or could not be loaded. */
  | { readonly type: 'stopped'; readonly why: string };

/** An entry as the advisor counted it. */
export type AdvisedEntry = Entry;

/** Advice, and the ledger that it is about, as `Services.ledgerName` has it. */
export type LedgerAdvice = { readonly ledger: string; readonly advice: Advice };

/** The advisor of the ledger that is open, beside the page; nothing that is typed waits for it. */
export type LocalAdvisor = {
  /** Of all that is saved on this device when it is asked. */
  advice(asOf: CalendarDate): Promise<Result<LedgerAdvice, AdvisorError>>;
  /** Entries that the advice names, in that order; those that are gone are left out. */
  entries(ids: readonly string[]): Promise<Result<readonly AdvisedEntry[], AdvisorError>>;
  /** For an expense that is being typed: at most three, best first. The first answer waits for all entries to be read. */
  suggestCategory(about: CategoryQuestion): Promise<Result<readonly CategorySuggestion[], AdvisorError>>;
};

/** What is asked of the advisor's worker, by name; `ledger` is the name of the database. */
export type AdvisorQuestion =
  | { readonly ask: 'advice'; readonly ledger: string; readonly asOf: CalendarDate }
  | { readonly ask: 'entries'; readonly ledger: string; readonly ids: readonly string[] }
  | { readonly ask: 'suggestCategory'; readonly ledger: string; readonly about: CategoryQuestion };

export type AdvisorAnswers = {
  readonly advice: Advice;
  readonly entries: readonly AdvisedEntry[];
  readonly suggestCategory: readonly CategorySuggestion[];
};

/** To the worker, and back with the same id. */
export type AdvisorRequest = { readonly id: number; readonly question: AdvisorQuestion };
export type AdvisorReply = {
  readonly id: number;
  readonly outcome: Result<AdvisorAnswers[keyof AdvisorAnswers], AdvisorError>;
};
