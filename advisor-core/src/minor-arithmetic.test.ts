import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMinor, divideTowardZero, shareOf, subtractMinor, sumMinor } from './minor-arithmetic.ts';

const anyMinor = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
const anyDays = fc.integer({ min: 1, max: 31 });
const big = Number.MAX_SAFE_INTEGER;

describe('minor units', () => {
  it('are added up', () => {
    expect(sumMinor([])).toBe(0);
    expect(sumMinor([1240, -240, 5])).toBe(1005);
  });

  it('beyond a safe integer throw, as does anything not whole', () => {
    expect(() => addMinor(big, 1)).toThrow(RangeError);
    expect(() => subtractMinor(-big, 1)).toThrow(RangeError);
    expect(() => sumMinor([big, big])).toThrow(RangeError);
    expect(() => sumMinor([0.5, 0.5])).toThrow(RangeError);
    expect(() => sumMinor([Number.NaN])).toThrow(RangeError);
    expect(() => shareOf(big, 2, 3)).toThrow(RangeError);
  });

  it('are never negative zero', () => {
    expect(Object.is(sumMinor([-0]), 0)).toBe(true);
    expect(Object.is(divideTowardZero(-1, 2), 0)).toBe(true);
    expect(Object.is(shareOf(-1, 1, 30), 0)).toBe(true);
    expect(Object.is(subtractMinor(0, 0), 0)).toBe(true);
  });
});

describe('a quotient', () => {
  it('loses its fraction', () => {
    expect(divideTowardZero(7, 2)).toBe(3);
    expect(divideTowardZero(-7, 2)).toBe(-3);
    expect(divideTowardZero(34_481, 11)).toBe(3134);
  });

  it('times its divisor is never more than the whole, and less by under one divisor', () => {
    fc.assert(
      fc.property(anyMinor, anyDays, (minor, days) => {
        const rest = Math.abs(minor) - Math.abs(divideTowardZero(minor, days)) * days;
        expect(rest >= 0 && rest < days).toBe(true);
      }),
    );
  });
});

describe('a share', () => {
  it('is rounded to the nearest, halves away from zero', () => {
    expect(shareOf(5, 1, 2)).toBe(3);
    expect(shareOf(-5, 1, 2)).toBe(-3);
    expect(shareOf(10_000, 1, 30)).toBe(333);
    expect(shareOf(10_000, 20, 30)).toBe(6667);
  });

  it('agrees with arithmetic on big integers', () => {
    fc.assert(
      fc.property(anyMinor, anyDays, anyDays, (minor, numerator, denominator) => {
        const twice = BigInt(Math.abs(minor)) * BigInt(numerator) * 2n + BigInt(denominator);
        const magnitude = Number(twice / (2n * BigInt(denominator)));
        expect(shareOf(minor, numerator, denominator)).toBe(minor < 0 ? 0 - magnitude : magnitude);
      }),
    );
  });

  it('of all days is the whole and of no days nothing', () => {
    fc.assert(
      fc.property(anyMinor, anyDays, (minor, days) => {
        expect(shareOf(minor, days, days)).toBe(minor + 0);
        expect(shareOf(minor, 0, days)).toBe(0);
      }),
    );
  });
});
