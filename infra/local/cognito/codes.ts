import { createHmac, timingSafeEqual } from 'node:crypto';
import { bytesToDigits, type RandomBytes } from './random.ts';

export type CodePurpose = 'sign-up' | 'reset-password';

/** Cognito's own lifetimes: a day for a sign-up code, an hour for a reset code. */
export const CODE_LIFETIME_MS: Readonly<Record<CodePurpose, number>> = {
  'sign-up': 24 * 60 * 60 * 1000,
  'reset-password': 60 * 60 * 1000,
};

/** What is kept of a code: never its digits. */
export interface StoredCode {
  readonly digestHex: string;
  readonly expiresAtMs: number;
}

export interface CodeOwner {
  readonly sub: string;
  readonly purpose: CodePurpose;
  /** The pool's secret, so that the file alone does not give a million-entry table its codes. */
  readonly secretHex: string;
}

export const issueCode = (
  owner: CodeOwner,
  random: RandomBytes,
  nowMs: number,
): { readonly code: string; readonly stored: StoredCode } => {
  const code = bytesToDigits(random(6));
  const expiresAtMs = nowMs + CODE_LIFETIME_MS[owner.purpose];
  return { code, stored: { digestHex: digestOf(owner, code).toString('hex'), expiresAtMs } };
};

export const matchCode = (
  owner: CodeOwner,
  stored: StoredCode | undefined,
  given: string,
  nowMs: number,
): 'match' | 'mismatch' | 'expired' => {
  if (stored === undefined || nowMs >= stored.expiresAtMs) return 'expired';
  return timingSafeEqual(digestOf(owner, given), Buffer.from(stored.digestHex, 'hex')) ? 'match' : 'mismatch';
};

const digestOf = (owner: CodeOwner, code: string): Buffer =>
  createHmac('sha256', Buffer.from(owner.secretHex, 'hex')).update(`${owner.purpose}|${owner.sub}|${code}`).digest();
