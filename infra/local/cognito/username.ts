import type { PoolContext } from './pool-context.ts';

/** The API reference's pattern of a user name: no spaces, and nothing that controls how the rest is shown. */
const usernamePattern = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;

/** Enough to catch a slip of the finger; whether an address exists is for its code to show. */
export const isEmail = (candidate: string): boolean =>
  usernamePattern.test(candidate) && /^[^@]+@[^@.]+(\.[^@.]+)+$/.test(candidate);

/** The address behind what a request calls the user name: an email in any case, or the `sub` that Cognito also takes. */
export const emailOf = (context: PoolContext, username: string): string =>
  context.store.state.users.get(username)?.email ?? username.toLowerCase();
