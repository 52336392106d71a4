import type { CalendarDate } from '@fintrack/sync-core/protocol/calendar-date';
import { canonicalJson } from './canonical-json.ts';
import type { LeftOut } from './entry-set.ts';
import type { ForecastAdvice, SuggestionAdvice } from './forecast-advice.ts';
import type { Insight } from './insight.ts';
import type { MonthAdvice } from './month-advice.ts';
import type { SavingsRate } from './patterns/savings-rate.ts';
import type { StreamAdvice, UpcomingAdvice } from './stream-advice.ts';

/** Of the rules behind the advice. Two advices may be compared only if theirs is equal. */
export const adviceVersion = 2;

/** Below so many entries the advice suggests, and says that it does no more. */
export const entriesForCertaintyMin = 30;

/** An advice is small, whatever a ledger holds. */
export const leftOutMax = 100;

/** All that the engine makes of a ledger on one day: plain JSON data, no words. */
export type Advice = {
  readonly version: number;
  readonly asOf: CalendarDate;
  /** Entries that could be read. */
  readonly entryCount: number;
  /** Too few of them for more than suggestions. */
  readonly isTentative: boolean;
  readonly month: MonthAdvice;
  /** Cards, most worth telling first. */
  readonly shown: readonly Insight[];
  /** Cards that the cap of a week holds back. */
  readonly heldBack: number;
  /** `evidence` of each: at most `evidenceMax` ids, the latest; `count` says of how many. */
  readonly streams: readonly StreamAdvice[];
  /** What the streams let expect, by currency. */
  readonly upcoming: readonly UpcomingAdvice[];
  readonly forecasts: readonly ForecastAdvice[];
  readonly suggestions: readonly SuggestionAdvice[];
  /** Of the month before, by currency. */
  readonly savings: readonly SavingsRate[];
  /**
   * Entries that could not be read, by id, at most `leftOutMax`: nothing is left out in silence. An empty id is of entries
   * that have none.
   */
  readonly leftOut: readonly LeftOut[];
  /** How many there would be without the maximum. */
  readonly leftOutCount: number;
  /** Currencies whose sums would not be exact; nothing is said of them. */
  readonly tooLarge: readonly string[];
};

/** The one text of an advice: ASCII, so its characters are its bytes. Equal advice has equal text. */
export const adviceToJson = (advice: Advice | MonthAdvice): string => canonicalJson(advice);

/** The bytes of `adviceToJson`, to be sent, hashed or compared. */
export const adviceToBytes = (advice: Advice | MonthAdvice): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(adviceToJson(advice), (character) => character.charCodeAt(0));
