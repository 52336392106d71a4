/** When a refused request may succeed. */
export type RetryClass = 'retryLater' | 'afterSignIn' | 'afterUpgrade' | 'never';

/** [P9] Every refusal of the sync endpoint: its HTTP status and what the device may do next. */
export const refusals = {
  /** The chain before these changes is another than the server's: pull first (D8). */
  fork: { status: 409, retry: 'retryLater' },
  /** Change numbers are missing before these: pull first (D8). */
  gap: { status: 409, retry: 'retryLater' },
  /** All of these were superseded: pull first (D8). */
  stale: { status: 409, retry: 'retryLater' },
  sealed: { status: 410, retry: 'never' },
  wrongSpace: { status: 403, retry: 'never' },
  unauthorized: { status: 401, retry: 'afterSignIn' },
  /** The account is deleted only for somebody who just signed in: ask for the password again. */
  signInAgain: { status: 403, retry: 'afterSignIn' },
  tooLarge: { status: 413, retry: 'never' },
  badRequest: { status: 400, retry: 'never' },
  upgrade: { status: 426, retry: 'afterUpgrade' },
  throttled: { status: 429, retry: 'retryLater' },
  /** The snapshot was replaced by another, or damaged: sync again. */
  gone: { status: 404, retry: 'retryLater' },
  busy: { status: 503, retry: 'retryLater' },
  internal: { status: 500, retry: 'retryLater' },
} as const satisfies Record<string, { status: number; retry: RetryClass }>;

export type RefusalType = keyof typeof refusals;

export type Refusal = {
  readonly type: RefusalType;
  /** One sentence for a developer reading a trace; people are shown the catalogue's words. */
  readonly message: string;
  /** For fork, gap and stale: pull at least to here before trying again. */
  readonly head?: number;
  /** For tooLarge: the limit that was passed. */
  readonly limitBytes?: number;
  readonly delayMs?: number;
};
