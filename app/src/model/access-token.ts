/** What the account gives to prove itself to the server. */
export type AccessToken =
  | { readonly type: 'token'; readonly token: string }
  /** None can be had without the person. */
  | { readonly type: 'signInNeeded' }
  /** The account's own server could not be reached to renew it. */
  | { readonly type: 'unreachable' };

/** `isRefused`: the server did not take the last one, so that one must not be given again. */
export type GetAccessToken = (options: { readonly isRefused: boolean }) => Promise<AccessToken>;
