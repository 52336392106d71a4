import { expect, it } from 'vitest';
import { CHALLENGE_LIFETIME_MS, type Challenge, createChallengeBook } from './challenges.ts';

const challenge: Challenge = { kind: 'second-factor', sub: 'ana', email: 'ana@example.com', triesLeft: 5 };

it('a challenge is taken once', () => {
  const book = createChallengeBook();
  book.open('a', challenge, 0);
  expect(book.take('a', 1)).toBe(challenge);
  expect(book.take('a', 1)).toBeUndefined();
});

it('a challenge is gone after three minutes', () => {
  const book = createChallengeBook();
  book.open('a', challenge, 0);
  book.open('b', challenge, 0);
  expect(book.take('a', CHALLENGE_LIFETIME_MS - 1)).toBe(challenge);
  expect(book.take('b', CHALLENGE_LIFETIME_MS)).toBeUndefined();
});

it('a flood of challenges pushes out the oldest', () => {
  const book = createChallengeBook();
  for (let count = 0; count <= 5000; count += 1) book.open(String(count), challenge, 0);
  expect(book.take('0', 0)).toBeUndefined();
  expect(book.take('1', 0)).toBe(challenge);
  expect(book.take('5000', 0)).toBe(challenge);
});
