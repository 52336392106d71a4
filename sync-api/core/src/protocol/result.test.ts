import { expect, it } from 'vitest';
import { fail, ok, type Result } from './result.ts';

it('tells a value from an error by `ok`, so that the compiler does too', () => {
  const half = (count: number): Result<number, { readonly type: 'odd' }> =>
    count % 2 === 0 ? ok(count / 2) : fail({ type: 'odd' });
  const describe = (result: ReturnType<typeof half>) => (result.ok ? String(result.value) : result.error.type);
  expect(describe(half(4))).toBe('2');
  expect(describe(half(3))).toBe('odd');
});
