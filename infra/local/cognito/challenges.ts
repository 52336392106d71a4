import type { SrpExchange } from './srp.ts';

/** A sign-in under way. `sub` may belong to nobody: people who do not exist are challenged alike. */
export type Challenge = PasswordChallenge | SecondFactorChallenge;

export interface PasswordChallenge {
  readonly kind: 'password';
  readonly sub: string;
  readonly email: string;
  readonly exchange: SrpExchange;
}

export interface SecondFactorChallenge {
  readonly kind: 'second-factor';
  readonly sub: string;
  readonly email: string;
  readonly triesLeft: number;
}

/** In memory only: a restart ends the sign-ins that were under way, and they are begun again. */
export interface ChallengeBook {
  open(handle: string, challenge: Challenge, nowMs: number): void;
  /** Takes it out: a password challenge is good for one answer. */
  take(handle: string, nowMs: number): Challenge | undefined;
}

/** Cognito's default for the session of an authentication flow. */
export const CHALLENGE_LIFETIME_MS = 3 * 60 * 1000;
const CHALLENGES_MAX = 5000;

export const createChallengeBook = (): ChallengeBook => {
  const entries = new Map<string, { readonly challenge: Challenge; readonly expiresAtMs: number }>();
  return {
    open: (handle, challenge, nowMs) => {
      const [oldest] = entries.keys();
      if (oldest !== undefined && entries.size >= CHALLENGES_MAX) entries.delete(oldest);
      entries.set(handle, { challenge, expiresAtMs: nowMs + CHALLENGE_LIFETIME_MS });
    },
    take: (handle, nowMs) => {
      const entry = entries.get(handle);
      entries.delete(handle);
      return entry !== undefined && nowMs < entry.expiresAtMs ? entry.challenge : undefined;
    },
  };
};
