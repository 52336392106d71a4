import {
  type CalendarDate,
  dateToDayNumber,
  isCalendarDate,
  monthOf,
} from '@fintrack/sync-core/protocol/calendar-date';
import { type Advice, adviceVersion, entriesForCertaintyMin, leftOutMax } from './advice.ts';
import { Book, type EntryRole } from './book.ts';
import { nameOf } from './entry-check.ts';
import { EntrySet, isAlike } from './entry-set.ts';
import { type Feedback, type Wishes, wishesOf } from './feedback.ts';
import { forecastAdvice, suggestionAdvice } from './forecast-advice.ts';
import { findInsights, savingsBefore, usualSpending } from './find-insights.ts';
import { evidenceMax, type Insight } from './insight.ts';
import { rankInsights } from './insight-rank.ts';
import type { Budget, Entry } from './ledger.ts';
import { adviseGroupedMonth } from './month-advice.ts';
import { groupMonth } from './month-entries.ts';
import type { FrozenForecast } from './patterns/forecast-record.ts';
import { type StreamAdvice, streamAdvice, upcomingAdvice } from './stream-advice.ts';

export type AdvisorInput = {
  readonly entries: Iterable<Entry>;
  readonly budgets?: Iterable<Budget>;
  readonly feedback?: Iterable<Feedback>;
  /** Forecasts of this month and months before, as they were made then. */
  readonly forecasts?: Iterable<FrozenForecast>;
  /** The category whose expenses only move money between own accounts: no pattern counts them. */
  readonly transfersCategoryId?: string;
};

/**
 * An entry that was created (`after` alone), edited (both) or deleted (`before` alone). `before` is as it was given: where
 * several have one id, it tells which of them goes. One that was never given is a bug, and throws.
 */
export type EntryChange = { readonly before?: Entry; readonly after?: Entry };

export type Advisor = {
  /** Takes time in proportion to the groups that the entry is in, not to the ledger. */
  apply(change: EntryChange): void;
  setBudgets(budgets: Iterable<Budget>): void;
  setFeedback(feedback: Iterable<Feedback>): void;
  setForecasts(forecasts: Iterable<FrozenForecast>): void;
  /** The same as a new advisor of the same entries would say. What did not change is not analysed again for the same day. */
  advise(asOf: CalendarDate): Advice;
};

/** Keeps a ledger ready for advice after each entry. Nothing in it depends on the order in which entries came. */
export const createAdvisor = (input: AdvisorInput): Advisor => new KeptAdvisor(input);

/** The whole advice at once, of entries in any order. */
export const advise = (input: AdvisorInput & { readonly asOf: CalendarDate }): Advice =>
  createAdvisor(input).advise(input.asOf);

class KeptAdvisor implements Advisor {
  private readonly book = new Book();
  private readonly entries: EntrySet;
  private readonly transfersCategoryId: string | undefined;
  private budgets: readonly Budget[] = [];
  private frozen: readonly FrozenForecast[] = [];
  private wishes: Wishes;

  constructor({ entries, budgets = [], feedback = [], forecasts = [], transfersCategoryId }: AdvisorInput) {
    this.transfersCategoryId = transfersCategoryId;
    this.wishes = wishesOf(feedback);
    this.setBudgets(budgets);
    this.setForecasts(forecasts);
    this.entries = new EntrySet(entries);
    // In order, so that each is put at the end of its groups.
    for (const entry of this.entries.inOrder()) this.book.add(entry, this.roleOf(entry, this.wishes));
  }

  apply({ before, after }: EntryChange): void {
    const ids = new Set([before, after].flatMap((entry) => (entry ? [nameOf(entry)] : [])));
    const counted = [...ids].map((id) => ({ id, was: this.entries.get(id) }));
    if (before) this.entries.remove(before);
    if (after) this.entries.add(after);
    for (const { id, was } of counted) this.replace(was, this.entries.get(id));
  }

  setBudgets(budgets: Iterable<Budget>): void {
    this.budgets = [...budgets];
  }

  setFeedback(feedback: Iterable<Feedback>): void {
    const [before, after] = [this.wishes, wishesOf(feedback)];
    this.wishes = after;
    for (const id of new Set([...before.excluded, ...after.excluded])) {
      const entry = this.entries.get(id);
      if (!entry || before.excluded.has(id) === after.excluded.has(id)) continue;
      this.book.remove(entry, this.roleOf(entry, before));
      this.book.add(entry, this.roleOf(entry, after));
    }
  }

  setForecasts(forecasts: Iterable<FrozenForecast>): void {
    this.frozen = [...forecasts];
  }

  advise(asOf: CalendarDate): Advice {
    if (!isCalendarDate(asOf)) throw new RangeError(`no such day: ${asOf}`);
    const { wishes } = this;
    const tooLarge = this.entries.tooLarge();
    const groups = this.book.without(new Set(tooLarge));
    const month = monthOf(asOf);
    const entries = groupMonth(groups.entriesOf(month), month, this.transfersCategoryId);
    const budgets = this.budgets.filter((each) => each.month === month && !tooLarge.includes(each.currency));
    const ofMonth = adviseGroupedMonth(entries, budgets, month, asOf);
    const asOfDay = dateToDayNumber(asOf);
    const streams = streamAdvice(groups, asOfDay, wishes);
    const forecasts = forecastAdvice(groups, asOf, this.frozen);
    const savings = savingsBefore(groups, asOf);
    const suggestions = suggestionAdvice(groups, asOf);
    const isTentative = this.entries.size < entriesForCertaintyMin;
    const found = findInsights({
      groups,
      ofMonth,
      entries,
      budgets,
      streams,
      forecasts,
      suggestions,
      savings,
      asOf,
      month,
    });
    const leftOut = this.entries.leftOut();
    const insights = isTentative ? found.map(lessSure) : found;
    return {
      version: adviceVersion,
      asOf,
      entryCount: this.entries.size,
      isTentative,
      month: ofMonth,
      ...rankInsights(insights, wishes, usualSpending(groups, asOf)),
      streams: streams.map(withLatestEvidence),
      upcoming: upcomingAdvice(streams, asOfDay),
      forecasts,
      suggestions,
      savings,
      leftOut: leftOut.slice(0, leftOutMax),
      leftOutCount: leftOut.length,
      tooLarge,
    };
  }

  private replace(before: Entry | undefined, after: Entry | undefined): void {
    if (before && after && isAlike(before, after)) return;
    if (before) this.book.remove(before, this.roleOf(before, this.wishes));
    if (after) this.book.add(after, this.roleOf(after, this.wishes));
  }

  private roleOf({ id, categoryId }: Entry, { excluded }: Wishes): EntryRole {
    if (categoryId !== null && categoryId === this.transfersCategoryId) return 'moved';
    return excluded.has(id) ? 'aside' : 'analysed';
  }
}

const withLatestEvidence = (stream: StreamAdvice): StreamAdvice => ({
  ...stream,
  evidence: stream.evidence.slice(-evidenceMax),
});

/** Few entries show what could be, and no more. */
const lessSure = (insight: Insight): Insight =>
  insight.kind === 'budget-over' ? insight : { ...insight, confidence: 'possible' };
