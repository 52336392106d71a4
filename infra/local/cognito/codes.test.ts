import { expect, it } from 'vitest';
import { CODE_LIFETIME_MS, type CodeOwner, issueCode, matchCode } from './codes.ts';

const owner: CodeOwner = { sub: 'ana', purpose: 'sign-up', secretHex: 'ab'.repeat(32) };
const fixed = (sizeBytes: number): Buffer => Buffer.alloc(sizeBytes, 0).fill(7, 0, 1);

it('a code has six digits, also where the number is small', () => {
  expect(issueCode(owner, () => Buffer.alloc(6), 0).code).toBe('000000');
  expect(issueCode(owner, fixed, 0).code).toMatch(/^\d{6}$/);
});

it('what is kept of a code does not show it', () => {
  const { code, stored } = issueCode(owner, fixed, 0);
  expect(JSON.stringify(stored)).not.toContain(code);
});

it('a sign-up code is good for 24 hours less a millisecond, a reset code for one', () => {
  for (const [purpose, hours] of [
    ['sign-up', 24],
    ['reset-password', 1],
  ] as const) {
    const mine: CodeOwner = { ...owner, purpose };
    const { code, stored } = issueCode(mine, fixed, 1000);
    expect(CODE_LIFETIME_MS[purpose]).toBe(hours * 3_600_000);
    expect(matchCode(mine, stored, code, 1000 + hours * 3_600_000 - 1)).toBe('match');
    expect(matchCode(mine, stored, code, 1000 + hours * 3_600_000)).toBe('expired');
  }
});

it('a code matches for its person and purpose only', () => {
  const { code, stored } = issueCode(owner, fixed, 0);
  expect(matchCode({ ...owner, sub: 'ben' }, stored, code, 1)).toBe('mismatch');
  expect(matchCode({ ...owner, purpose: 'reset-password' }, stored, code, 1)).toBe('mismatch');
  expect(matchCode(owner, stored, `${code} `, 1)).toBe('mismatch');
});

it('where no code was sent any code has expired', () => {
  expect(matchCode(owner, undefined, '000000', 0)).toBe('expired');
});
