import { describe, expect, it } from 'vitest';
import { median, quantile, rounded } from './statistics.ts';

describe('statistics of a few rounds', () => {
  it('the median of an odd count is the middle one, whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('the median of an even count lies between the two in the middle', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('a quantile is a value that was measured', () => {
    const values = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(quantile(values, 0.95)).toBe(19);
    expect(quantile(values, 1)).toBe(20);
    expect(quantile([7], 0.5)).toBe(7);
  });

  it('nothing has neither', () => {
    expect(() => median([])).toThrow('nothing was measured');
    expect(() => quantile([], 0.5)).toThrow('nothing was measured');
  });

  it('figures are told to three decimals', () => {
    expect(rounded(1.23456)).toBe(1.235);
  });
});
