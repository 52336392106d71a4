import type { ChallengeBook } from './challenges.ts';
import type { DeliverMail } from './mail.ts';
import { bytesToUuid, type RandomBytes } from './random.ts';
import type { SigningKey } from './signing-key.ts';
import type { SrpIdentity } from './srp.ts';
import type { UserStore } from './user-store.ts';

/** What Cognito puts into its PostConfirmation_ConfirmSignUp event about the person. */
export interface ConfirmedUser {
  readonly userPoolId: string;
  readonly userName: string;
  readonly userAttributes: Readonly<Record<string, string>>;
}

/** The post-confirmation trigger. Rejects to fail; may be called again for the same person, so it must be idempotent. */
export type OnConfirmed = (user: ConfirmedUser) => Promise<void>;

/** Everything an operation works with. */
export interface PoolContext {
  readonly issuer: string;
  readonly signingKey: SigningKey;
  readonly store: UserStore;
  readonly challenges: ChallengeBook;
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly deliver: DeliverMail;
  readonly onConfirmed: OnConfirmed | undefined;
}

export const srpIdentity = (context: PoolContext, userId: string): SrpIdentity => ({
  poolName: context.store.state.userPoolId.split('_')[1] ?? '',
  userId,
});

export const newUuid = (context: PoolContext): string => bytesToUuid(context.random(16));
