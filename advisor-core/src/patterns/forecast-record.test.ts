import { describe, expect, it } from 'vitest';
import { type FrozenForecast, scoreForecast, trackRecord } from './forecast-record.ts';

const frozen = (month: string, facts: Partial<FrozenForecast> = {}): FrozenForecast => ({
  subject: 'dining EUR',
  month,
  asOf: `${month}-10`,
  pointMinor: 10000,
  lowMinor: 9000,
  highMinor: 12000,
  ...facts,
});
const recordOf = (...actuals: readonly number[]) =>
  trackRecord(actuals.map((actual, index) => scoreForecast(frozen(`2026-0${index + 1}`), actual)));

describe('the score of a forecast', () => {
  it('is whether its interval held, ends included, and how far off its point was', () => {
    expect(scoreForecast(frozen('2026-01'), 12000)).toMatchObject({ isCovered: true, errorShare: 2000 / 12000 });
    expect(scoreForecast(frozen('2026-01'), 12001).isCovered).toBe(false);
    expect(scoreForecast(frozen('2026-01'), 8000)).toMatchObject({ isCovered: false, errorShare: 0.2 });
  });

  it('stays between nothing and all for months of nothing and of refunds', () => {
    const nothing = frozen('2026-01', { pointMinor: 0, lowMinor: 0, highMinor: 0 });
    expect(scoreForecast(nothing, 0)).toMatchObject({ isCovered: true, errorShare: 0 });
    expect(scoreForecast(nothing, 500).errorShare).toBe(1);
    expect(scoreForecast(frozen('2026-01'), -1e13).errorShare).toBe(1);
  });
});

describe('the track record', () => {
  it('is none and not poor before a month has ended', () => {
    expect(recordOf()).toEqual({ count: 0, coveredShare: 0, medianErrorShare: 0, isPoor: false });
  });

  it('is not poor after two misses, for two are no record', () => {
    expect(recordOf(50000, 50000)).toMatchObject({ count: 2, coveredShare: 0, isPoor: false });
  });

  it('is poor when fewer than half of three or more held', () => {
    expect(recordOf(10000, 12500, 12500)).toMatchObject({ count: 3, isPoor: true });
    expect(recordOf(10000, 10500, 12500)).toMatchObject({ coveredShare: 2 / 3, isPoor: false });
    expect(recordOf(10000, 10500, 12500, 12500)).toMatchObject({ coveredShare: 0.5, isPoor: false });
  });

  it('is poor when wide intervals held and half the points were off by more than a quarter', () => {
    const wide = [1, 2, 3].map((month) => frozen(`2026-0${month}`, { lowMinor: 0, highMinor: 90000 }));
    expect(trackRecord(wide.map((each) => scoreForecast(each, 15000)))).toMatchObject({
      coveredShare: 1,
      isPoor: true,
    });
    expect(trackRecord(wide.map((each) => scoreForecast(each, 11000)))).toMatchObject({ isPoor: false });
  });

  it('forgets all but the last six months, so that a forecast can come back', () => {
    expect(recordOf(50000, 50000, 50000)).toMatchObject({ isPoor: true });
    const recovered = recordOf(50000, 50000, 50000, 10000, 10000, 10000, 10000, 10000, 10000);
    expect(recovered).toMatchObject({ count: 6, coveredShare: 1, isPoor: false });
  });

  it('counts the last forecast of a month, whatever the order of the list', () => {
    const scored = [
      scoreForecast(frozen('2026-01', { asOf: '2026-01-20' }), 10000),
      scoreForecast(frozen('2026-01', { asOf: '2026-01-05', highMinor: 9500 }), 10000),
    ];
    expect(trackRecord(scored)).toMatchObject({ count: 1, coveredShare: 1 });
    expect(trackRecord(scored.toReversed())).toEqual(trackRecord(scored));
  });
});
