import { expect, it } from 'vitest';
import {
  type Attempts,
  attemptKey,
  CODE_TRIES_MAX,
  countFailure,
  countInWindow,
  countTurnedAway,
  isForgotten,
  isLimitReached,
  isLockedOut,
  LIMIT_WINDOW_MS,
} from './attempts.ts';

const MINUTE_MS = 60_000;

const failTimes = (times: number, nowMs = 0): Attempts | undefined => {
  let attempts: Attempts | undefined;
  for (let count = 0; count < times; count += 1) attempts = countFailure(attempts, nowMs);
  return attempts;
};

it('four failures lock nothing', () => {
  expect(isLockedOut(undefined, 0)).toBe(false);
  expect(isLockedOut(failTimes(4), 0)).toBe(false);
});

it.each([
  [5, 1],
  [6, 2],
  [7, 4],
  [10, 32],
  [14, 512],
  [15, 900],
  [60, 900],
])('%i failures lock for %i s', (failures, lockS) => {
  expect(isLockedOut(failTimes(failures), lockS * 1000 - 1)).toBe(true);
  expect(isLockedOut(failTimes(failures), lockS * 1000)).toBe(false);
});

it('a try while locked does not lengthen the lock', () => {
  const locked = failTimes(7);
  expect(locked && isLockedOut(countTurnedAway(locked, 3000), 4000)).toBe(false);
});

it('15 quiet minutes forget the failures, and a try that was turned away is not quiet', () => {
  const locked = failTimes(14);
  expect(countFailure(locked, 15 * MINUTE_MS).count).toBe(1);
  expect(locked && countFailure(countTurnedAway(locked, MINUTE_MS), 15 * MINUTE_MS).count).toBe(15);
});

it('a limit in a window holds until the window that began with the first try is over', () => {
  let attempts: Attempts | undefined;
  for (let count = 0; count < CODE_TRIES_MAX; count += 1) {
    expect(isLimitReached(attempts, CODE_TRIES_MAX, count)).toBe(false);
    attempts = countInWindow(attempts, count);
  }
  expect(isLimitReached(attempts, CODE_TRIES_MAX, LIMIT_WINDOW_MS - 1)).toBe(true);
  expect(isLimitReached(attempts, CODE_TRIES_MAX, LIMIT_WINDOW_MS)).toBe(false);
  expect(countInWindow(attempts, LIMIT_WINDOW_MS).count).toBe(1);
});

it('tries are forgotten only when no rule looks at them any more', () => {
  const attempts = countInWindow(undefined, 0);
  expect(isForgotten(attempts, LIMIT_WINDOW_MS)).toBe(false);
  expect(isForgotten(attempts, LIMIT_WINDOW_MS + 1)).toBe(true);
});

it('a key tells kinds apart and does not show the address', () => {
  expect(attemptKey('sign-in', 'ana@example.com')).not.toBe(attemptKey('send-reset', 'ana@example.com'));
  expect(attemptKey('sign-in', 'ana@example.com')).not.toContain('ana');
});
