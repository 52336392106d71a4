import { createHash } from 'node:crypto';

/** Tries of one kind by one person. Kept for unknown users too, so that being locked out does not tell who exists. */
export interface Attempts {
  readonly count: number;
  readonly firstAtMs: number;
  /** The last try that counted. */
  readonly countedAtMs: number;
  /** The last try at all, counted or turned away. */
  readonly seenAtMs: number;
}

export type AttemptKind =
  | 'sign-in'
  | 'second-factor'
  | 'confirm-sign-up'
  | 'confirm-reset'
  | 'change-password'
  | 'verify-totp'
  | 'send-sign-up'
  | 'send-reset';

export const attemptKey = (kind: AttemptKind, person: string): string =>
  `${kind}:${createHash('sha256').update(person).digest('hex').slice(0, 32)}`;

/**
 * Cognito's lockout: after 5 failures, and after each further one, 2^(failures - 5) seconds, at most 15 minutes. Tries
 * while locked change nothing but restart the 15 quiet minutes that forget the failures.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html#cognito-user-pools-lockout
 */
export const isLockedOut = (attempts: Attempts | undefined, nowMs: number): boolean =>
  attempts !== undefined && nowMs < attempts.countedAtMs + lockMs(attempts.count);

export const countFailure = (attempts: Attempts | undefined, nowMs: number): Attempts =>
  attempts === undefined || nowMs - attempts.seenAtMs >= LOCK_MAX_MS ? startedAt(nowMs) : countedAt(attempts, nowMs);

export const countTurnedAway = (attempts: Attempts, nowMs: number): Attempts => ({ ...attempts, seenAtMs: nowMs });

/** Wrong codes for one purpose, whatever code was sent meanwhile; Cognito allows 5 to 20 an hour. */
export const CODE_TRIES_MAX = 5;
/** Codes sent for one purpose; in the same range. */
export const CODE_SENDS_MAX = 10;
export const LIMIT_WINDOW_MS = 60 * 60 * 1000;

export const isLimitReached = (attempts: Attempts | undefined, max: number, nowMs: number): boolean =>
  attempts !== undefined && attempts.count >= max && nowMs - attempts.firstAtMs < LIMIT_WINDOW_MS;

export const countInWindow = (attempts: Attempts | undefined, nowMs: number): Attempts =>
  attempts === undefined || nowMs - attempts.firstAtMs >= LIMIT_WINDOW_MS
    ? startedAt(nowMs)
    : countedAt(attempts, nowMs);

/** An hour covers the longest rule above. */
export const isForgotten = (attempts: Attempts, nowMs: number): boolean => nowMs - attempts.seenAtMs > LIMIT_WINDOW_MS;

const FREE_FAILURES = 5;
const LOCK_MAX_MS = 15 * 60 * 1000;

const lockMs = (failures: number): number =>
  failures < FREE_FAILURES ? 0 : Math.min(1000 * 2 ** (failures - FREE_FAILURES), LOCK_MAX_MS);

const startedAt = (nowMs: number): Attempts => ({ count: 1, firstAtMs: nowMs, countedAtMs: nowMs, seenAtMs: nowMs });

const countedAt = (attempts: Attempts, nowMs: number): Attempts => ({
  ...attempts,
  count: attempts.count + 1,
  countedAtMs: nowMs,
  seenAtMs: nowMs,
});
