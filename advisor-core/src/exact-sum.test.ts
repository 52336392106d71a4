import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExactSum } from './exact-sum.ts';

const anyWhole = fc.oneof(fc.integer(), fc.constantFrom(0, 1e13, -1e13, 1e13 - 1, Number.MAX_SAFE_INTEGER));

describe('an exact sum', () => {
  it('is what is left after any amounts came and went', () => {
    fc.assert(
      fc.property(fc.array(anyWhole), fc.array(fc.integer({ min: -1e9, max: 1e9 })), (passing, staying) => {
        const sum = new ExactSum();
        for (const whole of [...passing, ...staying]) sum.add(whole);
        for (const whole of passing) sum.add(-whole);
        expect(BigInt(sum.value)).toBe(staying.reduce((total, whole) => total + BigInt(whole), 0n));
      }),
    );
  });

  it('of nothing is zero, and not below', () => {
    const sum = new ExactSum();
    sum.add(-5);
    sum.add(5);
    expect(Object.is(sum.value, 0)).toBe(true);
  });
});
