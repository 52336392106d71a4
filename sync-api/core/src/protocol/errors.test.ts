import { describe, expect, it } from 'vitest';
import { refusals, type RetryClass } from './errors.ts';

describe('refusals', () => {
  it('[P9] each has its status and says when a retry may succeed', () => {
    const table = Object.entries(refusals).map(([type, { status, retry }]) => `${type} ${status} ${retry}`);
    expect(table).toEqual([
      'fork 409 retryLater',
      'gap 409 retryLater',
      'stale 409 retryLater',
      'sealed 410 never',
      'wrongSpace 403 never',
      'unauthorized 401 afterSignIn',
      'signInAgain 403 afterSignIn',
      'tooLarge 413 never',
      'badRequest 400 never',
      'upgrade 426 afterUpgrade',
      'throttled 429 retryLater',
      'gone 404 retryLater',
      'busy 503 retryLater',
      'internal 500 retryLater',
    ]);
  });

  it('[P9] every retry class is one that a device knows', () => {
    const classes: readonly RetryClass[] = ['retryLater', 'afterSignIn', 'afterUpgrade', 'never'];
    expect(new Set(Object.values(refusals).map(({ retry }) => retry))).toEqual(new Set(classes));
  });
});
