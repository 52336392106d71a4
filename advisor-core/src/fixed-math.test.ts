import { describe, expect, it } from 'vitest';
import { decayWeights, expOf, lnOf } from './fixed-math.ts';

const near = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(expected)));

describe('logarithm and exponential from basic arithmetic', () => {
  it('agree with the engine to twelve digits, from cents to a lifetime of money', () => {
    for (const x of [1e-300, 0.001, 0.5, 0.99, 1, 1.01, Math.SQRT2, 2, 7, 1240, 1e13, 1e300])
      near(lnOf(x), Math.log(x));
    for (const x of [-600, -20, -1, -0.001, 0, 0.001, 0.34, 0.35, 1, 20]) near(expOf(x) / Math.exp(x), 1);
  });

  it('undo each other', () => {
    for (let x = 1; x < 1e9; x *= 3.7) near(expOf(lnOf(x)) / x, 1);
  });

  it('have one bit pattern, whatever the engine', () => {
    expect([lnOf(10), expOf(1)]).toEqual([2.3025850929940455, 2.7182818284590455]);
  });

  it('refuse what has no finite result, and let what is far below zero be nothing', () => {
    for (const x of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => lnOf(x)).toThrow(RangeError);
    for (const x of [701, Number.NaN]) expect(() => expOf(x)).toThrow(RangeError);
    expect(expOf(-800)).toBe(0);
  });

  it('a weight halves with each half-life', () => {
    const weights = decayWeights(17, 8);
    near(weights[0] ?? 0, 1);
    near(weights[8] ?? 0, 0.5);
    near(weights[16] ?? 0, 0.25);
  });
});
