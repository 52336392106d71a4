import { describe, expect, it } from 'vitest';
import { kendallScore, levelStart, trendScore } from './trend-rank.ts';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
/** Noise without chance: the same irregular list each time. */
const noise = (count: number) => range(count).map((index) => (index * 7919) % 101);

describe('rank correlation', () => {
  it('of one order is n(n-1)/2 pairs over their deviation', () => {
    // 45 pairs, variance 10 * 9 * 25 / 18 = 125.
    expect(kendallScore(range(10), range(10))).toBe(45 / Math.sqrt(125));
    expect(trendScore(range(10).toReversed())).toBe(-45 / Math.sqrt(125));
  });

  it('is nothing for few values, for ties alone and for noise', () => {
    expect(kendallScore(range(5), range(5))).toBe(0);
    expect(trendScore(range(20).fill(5))).toBe(0);
    expect(Math.abs(trendScore(noise(30)))).toBeLessThan(2);
  });

  it('does not see how large a value is', () => {
    const series = noise(20);
    expect(trendScore(series.with(7, 101))).toBe(trendScore(series.with(7, 1e13)));
  });
});

describe('the start of the latest level', () => {
  it('is the first month that is unlike those before', () => {
    const moved = [...noise(15), ...noise(15).map((value) => value + 500)];
    expect(levelStart(moved)).toBe(15);
  });

  it('is that of the last of two changes', () => {
    const moved = [...noise(12), ...noise(12).map((value) => value + 500), ...noise(12).map((value) => value + 200)];
    expect(levelStart(moved)).toBe(24);
  });

  it('is the beginning for noise, for one giant and for two months of another level', () => {
    expect(levelStart(noise(36))).toBe(0);
    expect(levelStart(noise(36).with(20, 1e12))).toBe(0);
    expect(levelStart([...noise(20), 900, 950])).toBe(0);
    expect(levelStart([])).toBe(0);
  });

  it('is not sought more than 36 months back', () => {
    expect(levelStart([...range(20).fill(1000), ...noise(40)])).toBe(0);
  });
});
