import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  medianOf,
  quantileOf,
  roundMinor,
  smoothedQuantileOf,
  stepQuantileOf,
  weightedSample,
} from './weighted-quantile.ts';

const equal = (values: readonly number[]) =>
  weightedSample(
    values,
    values.map(() => 1),
  );

describe('weighted quantiles', () => {
  it('are those of Hazen where weights are equal', () => {
    const sample = equal([40, 10, 30, 20]);
    expect([0, 0.125, 0.25, 0.5, 0.75, 1].map((level) => quantileOf(sample, level))).toEqual([10, 10, 15, 25, 35, 40]);
    expect(sample.effectiveCount).toBe(4);
  });

  it('lean to the heavier values', () => {
    const sample = weightedSample([10, 20], [3, 1]);
    expect(quantileOf(sample, 0.5)).toBe(12.5);
    expect(sample.effectiveCount).toBe(1.6);
  });

  it('by steps are always one of the values', () => {
    const sample = equal([1, 2, 3, 4, 1000]);
    expect([0, 0.2, 0.21, 0.8, 0.81, 1].map((level) => stepQuantileOf(sample, level))).toEqual([
      1, 1, 2, 4, 1000, 1000,
    ]);
  });

  it('smoothed are the mean of their neighbours', () => {
    expect(smoothedQuantileOf(equal([0, 0, 0, 100]), 0.5, 0.25)).toBe(10);
    expect(smoothedQuantileOf(equal([0, 100]), 0.5, 0)).toBe(50);
  });

  it('grow with the level, stay within the values and do not depend on order', () => {
    const pair = fc.tuple(fc.integer({ min: -1e13, max: 1e13 }), fc.double({ min: 0.001, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 30 }), fc.nat(100), fc.nat(100), (pairs, a, b) => {
        const sampleOf = (list: typeof pairs) =>
          weightedSample(
            list.map(([value]) => value),
            list.map(([, weight]) => weight),
          );
        const sample = sampleOf(pairs);
        expect(sampleOf(pairs.toReversed())).toEqual(sample);
        for (const of of [quantileOf, stepQuantileOf]) {
          const [low, high] = [of(sample, Math.min(a, b) / 100), of(sample, Math.max(a, b) / 100)];
          expect(low).toBeLessThanOrEqual(high + Math.abs(high) * 1e-12);
          expect(low).toBeGreaterThanOrEqual(sample.values[0] ?? 0);
          expect(high).toBeLessThanOrEqual(sample.values.at(-1) ?? 0);
        }
      }),
    );
  });

  it('need as many weights as values, and at least one', () => {
    expect(() => weightedSample([], [])).toThrow(RangeError);
    expect(() => weightedSample([1], [])).toThrow(RangeError);
  });
});

describe('small helpers', () => {
  it('the median is the middle value or the mean of the middle two', () => {
    expect([medianOf([3, 1, 2]), medianOf([4, 1, 3, 2]), medianOf([7])]).toEqual([2, 2.5, 7]);
  });

  it('halves round away from zero, and nothing is negative zero', () => {
    expect([2.5, -2.5, 2.4, -0.4].map(roundMinor)).toEqual([3, -3, 2, 0]);
  });
});
