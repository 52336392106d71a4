import type { ArithmeticStep } from '@fintrack/advisor-core';
import { describe, expect, it } from 'vitest';
import { sumLines } from './sum-lines.ts';

const context = {
  amount: (minor: number) => (minor / 100).toFixed(2),
  percent: (share: number) => `${Math.round(share * 100)}%`,
  entryTitle: (id: string) => `Entry ${id}`,
};
const written = (...arithmetic: ArithmeticStep[]) =>
  sumLines({ arithmetic }, context).map(({ text, minor, isResult }) => `${text}: ${minor}${isResult ? ' =' : ''}`);

describe('the arithmetic of a card', () => {
  it('is written as a sum: terms, what is taken away below zero, then the result', () => {
    expect(
      written({
        step: 'difference',
        from: { name: 'spent', minor: 10_572 },
        take: { name: 'budget', minor: 9000 },
        result: { name: 'over', minor: 1572 },
      }),
    ).toEqual(['Spent: 10572', 'Budget: -9000', 'Over: 1572 =']);
  });

  it('goes on from a result without writing it twice', () => {
    const rise = { name: 'rise', minor: 200 } as const;
    const price = (name: 'price-now' | 'price-before', minor: number) => ({ name, minor }) as const;
    expect(
      written(
        { step: 'difference', from: price('price-now', 1099), take: price('price-before', 899), result: rise },
        { step: 'times', of: rise, count: 12, result: { name: 'rise-a-year', minor: 2400 } },
      ),
    ).toEqual(['Price now: 1099', 'Price before: -899', 'More each time: 200 =', 'A year, 2.00 \u00d7 12: 2400 =']);
    const expected = { name: 'expected-by-now', minor: 12_000 } as const;
    expect(
      written(
        { step: 'share', of: { name: 'budget', minor: 18_000 }, numerator: 20, denominator: 30, result: expected },
        {
          step: 'difference',
          from: { name: 'spent-by-now', minor: 12_770 },
          take: expected,
          result: { name: 'above-pace', minor: 770 },
        },
      ),
    ).toEqual([
      'Budget: 18000',
      'An even pace, 20 of 30 days: 12000 =',
      'Spent by now: 12770',
      'An even pace: -12000',
      'Above an even pace: 770 =',
    ]);
  });

  it('takes away what is usual where it stands', () => {
    const [amount, usual] = [{ name: 'amount', minor: 64_000 } as const, { name: 'usual', minor: 8500 } as const];
    expect(
      written(
        { step: 'entry', id: 'x', result: amount },
        { step: 'usual', count: 12, share: 90, result: usual },
        { step: 'difference', from: amount, take: usual, result: { name: 'over', minor: 55_500 } },
      ),
    ).toEqual(['Entry x: 64000', 'Usual, 90% of 12 were at most that: -8500', 'Over: 55500 =']);
  });

  it('writes each of two equal entries', () => {
    const amount = { name: 'amount', minor: 2340 } as const;
    expect(written({ step: 'entry', id: 'a', result: amount }, { step: 'entry', id: 'b', result: amount })).toEqual([
      'Entry a: 2340',
      'Entry b: 2340',
    ]);
  });

  it('says what is usual of how many, and names an entry', () => {
    const suggested = { name: 'suggested', minor: 51_000 } as const;
    expect(written({ step: 'usual', count: 12, share: 83, result: suggested })).toEqual([
      'Suggested, enough in 83% of 12 months: 51000',
    ]);
    expect(written({ step: 'usual', count: 1, share: 50, result: { name: 'usual', minor: 5 } })).toEqual([
      'Usual, the middle of 1: 5',
    ]);
    expect(written({ step: 'entry', id: 'x', result: { name: 'amount', minor: 9 } })).toEqual(['Entry x: 9']);
  });
});
