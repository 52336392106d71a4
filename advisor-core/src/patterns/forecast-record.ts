import type { CalendarDate, CalendarMonth } from '@fintrack/sync-core/protocol/calendar-date';
import { compareText, firstDifference } from '../compare.ts';
import { medianOf } from '../weighted-quantile.ts';

/** A forecast as it was made; never made again with what became known later. */
export type FrozenForecast = {
  /** What it was of: a category or all spending, in one currency. Forecasts of one subject share a track record. */
  readonly subject: string;
  readonly month: CalendarMonth;
  /** The day it was made; the end of that day. */
  readonly asOf: CalendarDate;
  readonly pointMinor: number;
  readonly lowMinor: number;
  readonly highMinor: number;
};

export type ScoredForecast = FrozenForecast & {
  readonly actualMinor: number;
  readonly isCovered: boolean;
  /** Distance of the point from the actual, as a share of the larger of both: 0 to 1, 0 where both are nothing. */
  readonly errorShare: number;
};

export type TrackRecord = {
  /** Forecasts that were scored, at most the last six. */
  readonly count: number;
  /** Of these, those whose interval held the actual: 0 to 1. */
  readonly coveredShare: number;
  readonly medianErrorShare: number;
  /**
   * The forecast should hide itself: with three scored or more, when fewer than half held, or half were off by more
   * than a quarter.
   */
  readonly isPoor: boolean;
};

/** When the month has ended. `actualMinor` is what the month came to, net of refunds. */
export const scoreForecast = (frozen: FrozenForecast, actualMinor: number): ScoredForecast => {
  const larger = Math.max(Math.abs(actualMinor), Math.abs(frozen.pointMinor));
  const distance = Math.abs(frozen.pointMinor - actualMinor);
  return {
    ...frozen,
    actualMinor,
    isCovered: frozen.lowMinor <= actualMinor && actualMinor <= frozen.highMinor,
    // Of opposite signs the distance is larger than either.
    errorShare: larger === 0 ? 0 : Math.min(1, distance / larger),
  };
};

/**
 * Of one subject. Only the latest scored months are looked at, one forecast each: the last that was made in it. So the
 * order of the list does not matter, and a forecast that improves is seen again. Without any: no record, and not poor.
 * Two of three intervals of 80% miss by chance in 1 of 10 records, four of six in 1 of 59. Cost: n log n of the list.
 */
export const trackRecord = (scored: readonly ScoredForecast[]): TrackRecord => {
  const ofMonths = new Map(scored.toSorted(byMaking).map((forecast) => [forecast.month, forecast]));
  const latest = [...ofMonths.values()].slice(-monthsMax);
  const count = latest.length;
  if (count === 0) return { count, coveredShare: 0, medianErrorShare: 0, isPoor: false };
  const coveredShare = latest.filter((forecast) => forecast.isCovered).length / count;
  const medianErrorShare = medianOf(latest.map((forecast) => forecast.errorShare));
  const isPoor = count >= countMin && (coveredShare < 0.5 || medianErrorShare > errorShareMax);
  return { count, coveredShare, medianErrorShare, isPoor };
};

/** Half a year: a household changes faster than a longer record forgets. */
const monthsMax = 6;
const countMin = 3;
const errorShareMax = 0.25;

const byMaking = (a: ScoredForecast, b: ScoredForecast): number =>
  firstDifference(
    compareText(a.month, b.month),
    compareText(a.asOf, b.asOf),
    a.pointMinor - b.pointMinor,
    a.lowMinor - b.lowMinor,
    a.highMinor - b.highMinor,
  );
