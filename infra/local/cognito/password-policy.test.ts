import { expect, it } from 'vitest';
import { checkPassword } from './password-policy.ts';

const complaint = (password: string): string => {
  const checked = checkPassword(password);
  return checked.ok ? '' : `${checked.error.name}: ${checked.error.message}`;
};

it('ten characters with a lower-case and an upper-case letter and a digit pass', () => {
  expect(complaint('Abcdefghi1')).toBe('');
  expect(complaint('correct Horse 1 battery')).toBe('');
});

it('the refusal names everything that is missing', () => {
  expect(complaint('')).toBe(
    'InvalidPasswordException: Password did not conform with policy: it needs at least 10 characters, a lower-case letter, an upper-case letter and a digit.',
  );
});

it('one thing missing is named alone', () => {
  expect(complaint('Abcdefgh1')).toMatch(/it needs at least 10 characters\.$/);
  expect(complaint('ABCDEFGHI1')).toMatch(/it needs a lower-case letter\.$/);
  expect(complaint('abcdefghi1')).toMatch(/it needs an upper-case letter\.$/);
  expect(complaint('Abcdefghij')).toMatch(/it needs a digit\.$/);
});

it('only Latin letters and digits count, as in the deployed pool', () => {
  expect(complaint('ÄÖÜäöüßé١٢٣')).toMatch(/a lower-case letter, an upper-case letter and a digit/);
});
