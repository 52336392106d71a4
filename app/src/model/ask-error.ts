/** Why the server gave no answer that could be read. */
export type AskError = { readonly type: 'unreachable' | 'signInNeeded' };
