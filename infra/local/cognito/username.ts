import type { PoolContext } from './pool-context.ts';

/** Enough to catch a slip of the finger; whether an address exists is for its code to show. */
export const isEmail = (candidate: string): boolean => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(candidate);

/** The address behind what a request calls the user name: an email in any case, or the `sub` that Cognito also takes. */
export const emailOf = (context: PoolContext, username: string): string =>
  context.store.state.users.get(username)?.email ?? username.toLowerCase();
